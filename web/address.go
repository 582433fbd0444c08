package web

import (
	"errors"
	"net"
	"net/netip"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
)

// proxies are the addresses that may say for whom they ask: the machine itself
// and what the operator names.
type proxies []netip.Prefix

func readProxies(named []string) (proxies, error) {
	all := proxies{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("::1/128")}
	for _, name := range named {
		at, err := netip.ParsePrefix(name)
		if err != nil {
			one, err := netip.ParseAddr(name)
			if err != nil {
				return nil, errors.New("SUNLOT_PROXIES must be addresses or networks with commas between, such as " +
					"10.0.0.7,10.1.0.0/16; not " + name)
			}
			at = netip.PrefixFrom(one, one.BitLen())
		}
		all = append(all, at.Masked())
	}
	return all, nil
}

func (p proxies) have(at netip.Addr) bool {
	for _, one := range p {
		if one.Contains(at.Unmap()) {
			return true
		}
	}
	return false
}

func (p proxies) texts() []string {
	var all []string
	for _, one := range p {
		all = append(all, one.String())
	}
	return all
}

// forwarded leaves one address in the proxies' header: the last that is no proxy
// of ours. What stands before it the visitor may have written himself, and what
// is no address ends the search.
func (k *Kit) forwarded(c *fiber.Ctx) error {
	if !c.IsProxyTrusted() {
		return c.Next() // its header counts for nothing
	}
	told := c.Context().RemoteIP().String()
	all := strings.Split(joined(c.Request().Header.PeekAll(fiber.HeaderXForwardedFor)), ",")
	for i := len(all) - 1; i >= 0; i-- {
		at, err := netip.ParseAddr(strings.TrimSpace(all[i]))
		if err != nil {
			break
		}
		told = at.Unmap().String()
		if !k.proxies.have(at) {
			break
		}
	}
	c.Request().Header.Set(fiber.HeaderXForwardedFor, told)
	return c.Next()
}

func joined(lines [][]byte) string {
	var all []string
	for _, line := range lines {
		all = append(all, string(line))
	}
	return strings.Join(all, ",")
}

// networkOf is what counts as one address: whoever has one of IPv6 has a whole
// /64, and with a line at home often a /56.
func networkOf(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Is4() {
		return address
	}
	network, err := ip.Prefix(56)
	if err != nil {
		return address
	}
	return network.String()
}

// crowd bounds how many connections one address has at once.
type crowd struct {
	most    int
	proxies proxies // each brings everybody's

	mu   sync.Mutex // owns here
	here map[string]int
}

// connections that one address may have. Watching an opening takes one.
const connections = 2000

// enter counts one more connection, or says that there are too many.
func (w *crowd) enter(from net.Addr) (leave func(), ok bool) {
	tcp, known := from.(*net.TCPAddr)
	if !known || w.proxies.have(tcp.AddrPort().Addr()) {
		return func() {}, true
	}
	at := networkOf(tcp.AddrPort().Addr().Unmap().String())
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.here[at] >= w.most {
		return nil, false
	}
	if w.here == nil {
		w.here = map[string]int{}
	}
	w.here[at]++
	return sync.OnceFunc(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.here[at]--
		if w.here[at] == 0 {
			delete(w.here, at)
		}
	}), true
}

package web

import (
	"fmt"
	"strings"
	"time"

	"sunlot/internal/money"
)

// Chart is a price that goes up in steps over a time. It is drawn as SVG whose
// geometry is in attributes, since no page has inline styles.
type Chart struct {
	From, Until time.Time
	Start       money.Fen
	Unit        money.Unit // what the prices are for
	points      []chartPoint
}

type chartPoint struct {
	at    time.Time
	price money.Fen
}

// The chart's size in its own units.
const (
	chartWidth  = 600
	chartHeight = 180
)

// Add appends a price; prices come in the order of time.
func (c *Chart) Add(at time.Time, price money.Fen) {
	c.points = append(c.points, chartPoint{at, price})
}

// Begun says whether anybody has bid.
func (c Chart) Begun() bool { return len(c.points) > 0 }

// Highest is the newest price, or the start.
func (c Chart) Highest() money.Fen {
	if len(c.points) == 0 {
		return c.Start
	}
	return c.points[len(c.points)-1].price
}

// Axis is the prices that the chart names, from the top down.
func (c Chart) Axis() []money.Fen {
	return []money.Fen{c.top(), c.Start + (c.top()-c.Start)/2, c.Start}
}

// Middle is the instant in the middle of the time that it shows.
func (c Chart) Middle() time.Time { return c.From.Add(c.Until.Sub(c.From) / 2) }

// top is where the drawing ends, at least one yuan above the start.
func (c Chart) top() money.Fen { return max(c.Highest(), c.Start+100) }

// Path is the d of the line: level until a bid, then up.
func (c Chart) Path() string {
	var d strings.Builder
	y := c.y(c.Start)
	fmt.Fprintf(&d, "M0 %d", y)
	for i, p := range c.points {
		if i+1 < len(c.points) && c.x(p.at) == c.x(c.points[i+1].at) {
			continue // the next goes up from as low
		}
		y = c.y(p.price)
		fmt.Fprintf(&d, "H%dV%d", c.x(p.at), y)
	}
	fmt.Fprintf(&d, "H%d", chartWidth)
	return d.String()
}

// Course is the points for whoever goes on drawing, of many those that a line on a
// telephone shows: instants in milliseconds and prices in fen. It is empty while there
// are so few that the page lists them all.
func (c Chart) Course() string {
	const part = chartWidth / 150
	if len(c.points) < coursePoints {
		return ""
	}
	var d strings.Builder
	for i, p := range c.points {
		if i+1 < len(c.points) && c.x(p.at)/part == c.x(c.points[i+1].at)/part {
			continue
		}
		fmt.Fprintf(&d, "%d,%d ", p.at.UnixMilli(), p.price)
	}
	return strings.TrimSpace(d.String())
}

// coursePoints is how many bids a room lists.
const coursePoints = 50

func (c Chart) x(at time.Time) int {
	whole := c.Until.Sub(c.From).Milliseconds()
	if whole <= 0 {
		return 0
	}
	return int(min(max(at.Sub(c.From).Milliseconds()*chartWidth/whole, 0), chartWidth))
}

func (c Chart) y(price money.Fen) int {
	return chartHeight - int(int64(price-c.Start)*(chartHeight-10)/int64(c.top()-c.Start))
}

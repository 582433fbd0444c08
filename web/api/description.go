package api

import (
	_ "embed"
	"strings"
	"sync"
)

// resource is one noun of the API: its part of the description and its routes.
type resource struct {
	part   string
	routes func(*Screens)
}

// resources lists every noun, in the order of the description.
var resources = []resource{
	{part: sessionPart, routes: (*Screens).sessionRoutes},
	{part: requestPart, routes: (*Screens).requestRoutes},
	{part: assetPart, routes: (*Screens).assetRoutes},
	{part: rulesPart, routes: (*Screens).rulesRoutes},
	{part: resolutionPart, routes: (*Screens).resolutionRoutes},
	{part: tenderPart, routes: (*Screens).tenderRoutes},
	{part: supplementPart, routes: (*Screens).supplementRoutes},
	{part: registrationPart, routes: (*Screens).registrationRoutes},
	{part: depositPart, routes: (*Screens).depositRoutes},
	{part: lotPart, routes: (*Screens).lotRoutes},
	{part: resultPart, routes: (*Screens).resultRoutes},
	{part: contractPart, routes: (*Screens).contractRoutes},
	{part: itemPart, routes: (*Screens).itemRoutes},
	{part: projectPart, routes: (*Screens).projectRoutes},
	{part: searchPart, routes: searchRoutes},
	{part: logPart, routes: (*Screens).logRoutes},
	{part: countyPart, routes: (*Screens).countyRoutes},
}

// base is what all parts stand on: the program itself, and what several resources
// say alike. It names every section that the parts add to.
//
//go:embed openapi/base.yaml
var base string

// Description is the whole openapi.yaml.
var Description = sync.OnceValue(func() string {
	parts := []string{base}
	for _, r := range resources {
		parts = append(parts, r.part)
	}
	return join(parts)
})

// components is the key whose own keys are sections too.
const components = "components:"

// join makes one document of parts. A part is YAML as the whole document is; what
// several say in the same section follows one another there.
func join(parts []string) string {
	var heads []string
	bodies := map[string]*strings.Builder{}
	for _, part := range parts {
		above, head := "", ""
		for line := range strings.Lines(part) {
			switch {
			case line[0] != ' ' && line[0] != '\n':
				above, head = strings.TrimSpace(line), line
			case above == components && strings.HasPrefix(line, "  ") && line[2] != ' ':
				head = line
			default:
				bodies[head].WriteString(line)
				continue
			}
			if bodies[head] == nil {
				heads, bodies[head] = append(heads, head), &strings.Builder{}
			}
		}
	}
	var whole strings.Builder
	for _, head := range heads {
		whole.WriteString(head)
		whole.WriteString(bodies[head].String())
	}
	return whole.String()
}

//go:build !race

package store_test

const cityPart = 1

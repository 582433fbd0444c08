//go:build race

package store_test

// 5 keeps the number of villages a multiple of that of townships.
const cityPart = 5

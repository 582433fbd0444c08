//go:build !race

package worksdb_test

const raceDetector = false

// What the Go programs of the benchmark share, as bench/clock.h for those in C.
package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"strconv"
	"syscall"
	"time"
)

const (
	bigBuffer = 64 << 20
	// The last route that is announced.
	lastRoute = 0xc00002ff
)

type moment struct {
	wall      time.Time
	user, sys float64
}

type times struct {
	wall, user, sys float64
}

func check(err error, what string) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", what, err)
		os.Exit(1)
	}
}

func now() moment {
	var used syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &used), "getrusage")
	seconds := func(t syscall.Timeval) float64 { return float64(t.Nano()) / 1e9 }
	return moment{time.Now(), seconds(used.Utime), seconds(used.Stime)}
}

func since(start moment) times {
	end := now()
	return times{end.wall.Sub(start.wall).Seconds(), end.user - start.user, end.sys - start.sys}
}

func peakKiB() (kib int) {
	status, err := os.Open("/proc/self/status")
	check(err, "status")
	defer status.Close()
	for lines := bufio.NewScanner(status); lines.Scan(); {
		if n, _ := fmt.Sscanf(lines.Text(), "VmHWM: %d kB", &kib); n == 1 {
			return kib
		}
	}
	return 0
}

// A checksum below zero is null; more is what the workload adds, with a comma in front.
func report(workload string, n int, took times, kib int, checksum int64, more string) {
	sum := "null"
	if checksum >= 0 {
		sum = strconv.FormatInt(checksum, 10)
	}
	fmt.Printf("{\"workload\":%q,\"n\":%d,\"seconds\":%.9f,\"user\":%.6f,\"sys\":%.6f,\"rssKiB\":%d,\"checksum\":%s%s}\n",
		workload, n, took.wall, took.user, took.sys, kib, sum, more)
}

func reportChange(workload string, n int, added, deleted times) {
	more := fmt.Sprintf(",\"delSeconds\":%.9f,\"delUser\":%.6f,\"delSys\":%.6f", deleted.wall, deleted.user, deleted.sys)
	report(workload, n, added, peakKiB(), -1, more)
}

// The line for notifications: wall time from the first, CPU time from before it.
func reportHeard(workload string, n int, ready, first moment, received, overruns int) {
	took := since(ready)
	took.wall = since(first).wall
	more := fmt.Sprintf(",\"received\":%d,\"overruns\":%d", received, overruns)
	report(workload, n, took, peakKiB(), -1, more)
}

func linkIndex(i int) int { return 10 + i&7 }

// 10.0.0.0 + i
func address4(i int) net.IP {
	return net.IP{10 + byte(i>>24), byte(i >> 16), byte(i >> 8), byte(i)}
}

func last32Bits(address net.IP) (bits uint32) {
	if v4 := address.To4(); v4 != nil {
		address = v4
	}
	for _, b := range address[len(address)-4:] {
		bits = bits<<8 | uint32(b)
	}
	return bits
}

// Does the work that the arguments name, which are those of bench/subject.ts.
func run(works map[string]func(workload string, n int)) {
	if len(os.Args) == 3 {
		n, err := strconv.Atoi(os.Args[2])
		if work, known := works[os.Args[1]]; known && err == nil {
			work(os.Args[1], n)
			return
		}
	}
	os.Exit(2)
}

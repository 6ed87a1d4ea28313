// jsimonetti/rtnetlink on the works of bench/subject.ts: messages as the kernel has them, lists are slices.
package main

import (
	"errors"
	"fmt"

	"github.com/jsimonetti/rtnetlink"
	"github.com/mdlayher/netlink"
	"golang.org/x/sys/unix"
)

var conn *rtnetlink.Conn

// List has the routes of all families: there is nothing to ask for one with.
func routes(family, bits uint8, reading bool) func(string, int) {
	return func(workload string, _ int) {
		start := now()
		found, err := conn.Route.List()
		check(err, "routes")
		read := 0
		if reading {
			for i := range found {
				if found[i].Attributes.Dst != nil && found[i].Attributes.OutIface != 0 {
					read++
				}
			}
		}
		took, kib := since(start), peakKiB()
		count, checksum := 0, int64(0)
		for _, route := range found {
			dst, oif := route.Attributes.Dst, route.Attributes.OutIface
			if route.Family != family || route.Attributes.Table != unix.RT_TABLE_MAIN || route.DstLength != bits {
				continue
			}
			checksum += int64(last32Bits(dst)) + 7*int64(oif)
			count++
		}
		if reading && read < count {
			panic("routes without a destination")
		}
		report(workload, count, took, kib, checksum, "")
	}
}

func ofLink(link rtnetlink.LinkMessage) int64 {
	return 7*int64(link.Index) + int64(link.Attributes.MTU) + int64(len(link.Attributes.Name))
}

func links(workload string, _ int) {
	start := now()
	found, err := conn.Link.List()
	check(err, "links")
	took, kib := since(start), peakKiB()
	checksum := int64(0)
	for _, link := range found {
		checksum += ofLink(link)
	}
	report(workload, len(found), took, kib, checksum, "")
}

func get(workload string, n int) {
	checksum := int64(0)
	start := now()
	for i := 0; i < n; i++ {
		link, err := conn.Link.Get(uint32(linkIndex(i)))
		check(err, "link")
		checksum += ofLink(link)
	}
	report(workload, n, since(start), peakKiB(), checksum, "")
}

func changeRoutes(n int, change func(*rtnetlink.RouteMessage) error) times {
	start := now()
	for i := 0; i < n; i++ {
		check(change(&rtnetlink.RouteMessage{
			Family:     unix.AF_INET,
			DstLength:  32,
			Table:      unix.RT_TABLE_MAIN,
			Protocol:   unix.RTPROT_BOOT,
			Scope:      unix.RT_SCOPE_LINK,
			Type:       unix.RTN_UNICAST,
			Attributes: rtnetlink.RouteAttributes{Dst: address4(i), OutIface: uint32(linkIndex(i))},
		}), "change")
	}
	return since(start)
}

func add(workload string, n int) {
	added := changeRoutes(n, conn.Route.Add)
	reportChange(workload, n, added, changeRoutes(n, conn.Route.Delete))
}

// The connection underneath: rtnetlink.Conn has no way to a larger buffer.
func monitor(receiveBuffer int) func(string, int) {
	return func(workload string, n int) {
		listener, err := netlink.Dial(unix.NETLINK_ROUTE, nil)
		check(err, "dial")
		if receiveBuffer > 0 {
			check(listener.SetReadBuffer(receiveBuffer), "buffer")
		}
		check(listener.JoinGroup(unix.RTNLGRP_IPV4_ROUTE), "join")
		fmt.Println("READY")
		ready := now()
		var first moment
		received, overruns := 0, 0
		for {
			messages, err := listener.Receive()
			if first.wall.IsZero() {
				first = now()
			}
			if errors.Is(err, unix.ENOBUFS) {
				overruns++
				continue
			}
			check(err, "receive")
			for _, message := range messages {
				if message.Header.Type != unix.RTM_NEWROUTE {
					continue
				}
				var route rtnetlink.RouteMessage
				check(route.UnmarshalBinary(message.Data), "route")
				if last32Bits(route.Attributes.Dst) == lastRoute {
					reportHeard(workload, n, ready, first, received, overruns)
					return
				}
				received++
			}
		}
	}
}

func main() {
	var err error
	conn, err = rtnetlink.Dial(nil)
	check(err, "dial")
	run(map[string]func(string, int){
		"route4":      routes(unix.AF_INET, 32, true),
		"route4-kept": routes(unix.AF_INET, 32, false),
		"route6":      routes(unix.AF_INET6, 128, true),
		"link":        links,
		"get":         get,
		"add":         add,
		"mon":         monitor(0),
		"monbig":      monitor(bigBuffer),
	})
}

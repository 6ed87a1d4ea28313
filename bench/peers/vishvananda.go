// vishvananda/netlink on the works of bench/subject.ts: a handle keeps its socket, lists are slices.
package main

import (
	"fmt"
	"net"
	"runtime"
	"strings"

	"github.com/vishvananda/netlink"
	"github.com/vishvananda/netns"
	"golang.org/x/sys/unix"
)

var handle *netlink.Handle

func routes(family, bits int, reading bool) func(string, int) {
	return func(workload string, _ int) {
		start := now()
		found, err := handle.RouteList(nil, family)
		check(err, "routes")
		read := 0
		if reading {
			for i := range found {
				if found[i].Dst != nil && found[i].LinkIndex != 0 {
					read++
				}
			}
		}
		took, kib := since(start), peakKiB()
		count, checksum := 0, int64(0)
		for _, route := range found {
			if route.Table != unix.RT_TABLE_MAIN || route.Dst == nil {
				continue
			}
			if length, _ := route.Dst.Mask.Size(); length != bits {
				continue
			}
			checksum += int64(last32Bits(route.Dst.IP)) + 7*int64(route.LinkIndex)
			count++
		}
		if reading && read < count {
			panic("routes without a destination")
		}
		report(workload, count, took, kib, checksum, "")
	}
}

func ofLink(link netlink.Link) int64 {
	attrs := link.Attrs()
	return int64(7*attrs.Index + attrs.MTU + len(attrs.Name))
}

func links(workload string, _ int) {
	start := now()
	found, err := handle.LinkList()
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
		link, err := handle.LinkByIndex(linkIndex(i))
		check(err, "link")
		checksum += ofLink(link)
	}
	report(workload, n, since(start), peakKiB(), checksum, "")
}

func changeRoutes(n int, change func(*netlink.Route) error) times {
	start := now()
	for i := 0; i < n; i++ {
		dst := &net.IPNet{IP: address4(i), Mask: net.CIDRMask(32, 32)}
		check(change(&netlink.Route{LinkIndex: linkIndex(i), Scope: netlink.SCOPE_LINK, Dst: dst}), "change")
	}
	return since(start)
}

func add(workload string, n int) {
	added := changeRoutes(n, handle.RouteAdd)
	reportChange(workload, n, added, changeRoutes(n, handle.RouteDel))
}

// A subscription ends when its buffer was full, and another one takes its place.
func monitor(workload string, n int) {
	var failure error
	subscribe := func() (chan netlink.RouteUpdate, chan struct{}) {
		updates, done := make(chan netlink.RouteUpdate, 1024), make(chan struct{})
		check(netlink.RouteSubscribeWithOptions(updates, done, netlink.RouteSubscribeOptions{
			ErrorCallback: func(err error) { failure = err },
		}), "subscribe")
		return updates, done
	}
	updates, done := subscribe()
	fmt.Println("READY")
	ready := now()
	var first moment
	received, overruns := 0, 0
	for {
		update, open := <-updates
		if !open {
			if !strings.Contains(failure.Error(), unix.ENOBUFS.Error()) {
				check(failure, "notifications")
			}
			overruns++
			close(done)
			updates, done = subscribe()
			continue
		}
		if first.wall.IsZero() {
			first = now()
		}
		if update.Type != unix.RTM_NEWROUTE || update.Dst == nil {
			continue
		}
		if last32Bits(update.Dst.IP) == lastRoute {
			break
		}
		received++
	}
	reportHeard(workload, n, ready, first, received, overruns)
}

// Namespaces belong to threads: this one must not change.
func attach(workload string, n int) {
	runtime.LockOSThread()
	home, err := netns.Get()
	check(err, "netns")
	start := now()
	for i := 0; i < n; i++ {
		attachOne(i, home)
	}
	report(workload, n, since(start), peakKiB(), -1, "")
}

func attachOne(i int, home netns.NsHandle) {
	a, b := fmt.Sprintf("a%d", i), fmt.Sprintf("b%d", i)
	ns, err := netns.NewNamed(fmt.Sprintf("h3-c%d", i))
	check(err, "new namespace")
	defer ns.Close()
	check(netns.Set(home), "home")

	veth := &netlink.Veth{LinkAttrs: netlink.LinkAttrs{Name: a}, PeerName: b}
	check(handle.LinkAdd(veth), "veth")
	peer, err := handle.LinkByName(b)
	check(err, "peer")
	check(handle.LinkSetNsFd(peer, int(ns)), "move")
	check(handle.LinkSetUp(veth), "a up")

	there, err := netlink.NewHandleAt(ns, unix.NETLINK_ROUTE)
	check(err, "handle")
	defer there.Close()
	inside, err := there.LinkByName(b)
	check(err, "inside")
	address, err := netlink.ParseAddr(fmt.Sprintf("10.88.%d.%d/16", 1+i/200, 2+i%200))
	check(err, "address")
	check(there.AddrAdd(inside, address), "add address")
	lo, err := there.LinkByName("lo")
	check(err, "lo")
	check(there.LinkSetUp(lo), "lo up")
	check(there.LinkSetUp(inside), "b up")
	gateway := net.IPv4(10, 88, 0, 1)
	check(there.RouteAdd(&netlink.Route{LinkIndex: inside.Attrs().Index, Gw: gateway}), "default")
}

func main() {
	var err error
	handle, err = netlink.NewHandle(unix.NETLINK_ROUTE)
	check(err, "handle")
	run(map[string]func(string, int){
		"route4":      routes(netlink.FAMILY_V4, 32, true),
		"route4-kept": routes(netlink.FAMILY_V4, 32, false),
		"route6":      routes(netlink.FAMILY_V6, 128, true),
		"link":        links,
		"get":         get,
		"add":         add,
		"mon":         monitor,
		"attach":      attach,
	})
}

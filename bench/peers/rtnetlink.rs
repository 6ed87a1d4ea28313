//! rtnetlink on the works of bench/subject.ts: a task of tokio's runtime has the socket, answers come as streams.
use futures::{StreamExt, TryStreamExt};
use nix::sched::{setns, CloneFlags};
use nix::sys::resource::{getrusage, Usage, UsageWho};
use nix::sys::socket::{setsockopt, sockopt::RcvBufForce};
use nix::sys::time::{TimeVal, TimeValLike};
use rtnetlink::constants::RTMGRP_IPV4_ROUTE;
use rtnetlink::packet::constants::{AF_INET, RTPROT_BOOT, RT_SCOPE_LINK, RT_TABLE_MAIN};
use rtnetlink::packet::nlas::link::Nla;
use rtnetlink::packet::{LinkMessage, NetlinkPayload, RouteMessage, RtnlMessage};
use rtnetlink::sys::{AsyncSocket, SocketAddr};
use rtnetlink::{new_connection, Handle, IpVersion, NetworkNamespace};
use std::error::Error;
use std::fs::{read_to_string, File};
use std::net::{IpAddr, Ipv4Addr};
use std::os::unix::io::AsRawFd;
use std::time::Instant;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const BIG_BUFFER: usize = 64 << 20;
const LAST_ROUTE: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 255);
/// Requests under way at once, where they need not wait for each other.
const AT_ONCE: usize = 64;

struct Moment {
    wall: Instant,
    user: f64,
    sys: f64,
}

struct Times {
    wall: f64,
    user: f64,
    sys: f64,
}

/// With the children: namespaces are made in some.
fn now() -> Moment {
    let seconds = |time: fn(&Usage) -> TimeVal| -> f64 {
        [UsageWho::RUSAGE_SELF, UsageWho::RUSAGE_CHILDREN]
            .map(|who| time(&getrusage(who).expect("getrusage")).num_microseconds() as f64 / 1e6)
            .iter()
            .sum()
    };
    Moment { wall: Instant::now(), user: seconds(Usage::user_time), sys: seconds(Usage::system_time) }
}

fn since(start: &Moment) -> Times {
    let end = now();
    Times {
        wall: end.wall.duration_since(start.wall).as_secs_f64(),
        user: end.user - start.user,
        sys: end.sys - start.sys,
    }
}

fn peak_kib() -> u64 {
    let status = read_to_string("/proc/self/status").expect("status");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("VmHWM");
    peak.trim().trim_end_matches(" kB").parse().expect("kB")
}

/// `more` is what the workload adds, with a comma in front.
fn report(workload: &str, n: usize, took: Times, kib: u64, checksum: Option<u64>, more: &str) {
    let Times { wall, user, sys } = took;
    let sum = checksum.map_or("null".into(), |sum| sum.to_string());
    println!(
        "{{\"workload\":\"{workload}\",\"n\":{n},\"seconds\":{wall:.9},\"user\":{user:.6},\"sys\":{sys:.6},\
         \"rssKiB\":{kib},\"checksum\":{sum}{more}}}"
    );
}

fn link_index(i: usize) -> u32 {
    10 + (i as u32 & 7)
}

fn address4(i: usize) -> Ipv4Addr {
    Ipv4Addr::from(0x0a00_0000 + i as u32)
}

fn last_32_bits(address: IpAddr) -> u64 {
    match address {
        IpAddr::V4(address) => u32::from(address).into(),
        IpAddr::V6(address) => u128::from(address) as u32 as u64,
    }
}

fn count_route(route: &RouteMessage, n: &mut usize, checksum: &mut u64) {
    let header = &route.header;
    let bits = if u16::from(header.address_family) == AF_INET { 32 } else { 128 };
    if header.table != RT_TABLE_MAIN || header.destination_prefix_length != bits {
        return;
    }
    let (dst, _) = route.destination_prefix().expect("destination");
    *checksum += last_32_bits(dst) + 7 * u64::from(route.output_interface().expect("interface"));
    *n += 1;
}

async fn routes(handle: &Handle, workload: &str, version: IpVersion, reading: bool) -> Result<()> {
    let start = now();
    let found: Vec<RouteMessage> = handle.route().get(version).execute().try_collect().await?;
    let read =
        |route: &&RouteMessage| route.destination_prefix().is_some() && route.output_interface().is_some();
    let seen = if reading { found.iter().filter(read).count() } else { found.len() };
    let (took, kib) = (since(&start), peak_kib());
    let (mut n, mut checksum) = (0, 0);
    found.iter().for_each(|route| count_route(route, &mut n, &mut checksum));
    assert!(seen >= n);
    report(workload, n, took, kib, Some(checksum), "");
    Ok(())
}

async fn stream(handle: &Handle, workload: &str) -> Result<()> {
    let (mut n, mut checksum) = (0, 0);
    let start = now();
    let mut found = handle.route().get(IpVersion::V4).execute();
    while let Some(route) = found.try_next().await? {
        count_route(&route, &mut n, &mut checksum);
    }
    report(workload, n, since(&start), peak_kib(), Some(checksum), "");
    Ok(())
}

fn of_link(link: &LinkMessage) -> u64 {
    let of = |nla: &Nla| match nla {
        Nla::Mtu(mtu) => u64::from(*mtu),
        Nla::IfName(name) => name.len() as u64,
        _ => 0,
    };
    7 * u64::from(link.header.index) + link.nlas.iter().map(of).sum::<u64>()
}

async fn links(handle: &Handle, workload: &str) -> Result<()> {
    let start = now();
    let found: Vec<LinkMessage> = handle.link().get().execute().try_collect().await?;
    let (took, kib) = (since(&start), peak_kib());
    report(workload, found.len(), took, kib, Some(found.iter().map(of_link).sum()), "");
    Ok(())
}

async fn get(handle: &Handle, workload: &str, n: usize) -> Result<()> {
    let mut checksum = 0;
    let start = now();
    for i in 0..n {
        let link = handle.link().get().match_index(link_index(i)).execute().try_next().await?;
        checksum += of_link(&link.ok_or("no link")?);
    }
    report(workload, n, since(&start), peak_kib(), Some(checksum), "");
    Ok(())
}

async fn add(handle: &Handle, workload: &str, n: usize) -> Result<()> {
    let request = |i| {
        let request = handle.route().add().v4().destination_prefix(address4(i), 32);
        request.output_interface(link_index(i)).scope(RT_SCOPE_LINK).protocol(RTPROT_BOOT)
    };
    let delete = |i| handle.route().del(request(i).message_mut().clone());
    let start = now();
    let mut adding = futures::stream::iter(0..n).map(|i| request(i).execute()).buffer_unordered(AT_ONCE);
    while adding.try_next().await?.is_some() {}
    let added = since(&start);
    let start = now();
    let mut deleting = futures::stream::iter(0..n).map(|i| delete(i).execute()).buffer_unordered(AT_ONCE);
    while deleting.try_next().await?.is_some() {}
    let Times { wall, user, sys } = since(&start);
    let more = format!(",\"delSeconds\":{wall:.9},\"delUser\":{user:.6},\"delSys\":{sys:.6}");
    report(workload, n, added, peak_kib(), None, &more);
    Ok(())
}

/// The stream ends when the socket's buffer was full, and another one takes its place.
async fn monitor(workload: &str, n: usize, receive_buffer: Option<usize>) -> Result<()> {
    let subscribe = || -> Result<_> {
        let (mut connection, handle, messages) = new_connection()?;
        let socket = connection.socket_mut();
        if let Some(bytes) = receive_buffer {
            setsockopt(socket.as_raw_fd(), RcvBufForce, &bytes)?;
        }
        socket.socket_mut().bind(&SocketAddr::new(0, RTMGRP_IPV4_ROUTE))?;
        tokio::spawn(connection);
        Ok((handle, messages))
    };
    let (mut _handle, mut messages) = subscribe()?;
    println!("READY");
    let ready = now();
    let mut first = None;
    let (mut received, mut overruns) = (0, 0);
    loop {
        let Some((message, _)) = messages.next().await else {
            overruns += 1;
            (_handle, messages) = subscribe()?;
            continue;
        };
        first.get_or_insert_with(now);
        let NetlinkPayload::InnerMessage(RtnlMessage::NewRoute(route)) = message.payload else { continue };
        match route.destination_prefix() {
            Some((IpAddr::V4(LAST_ROUTE), _)) => break,
            _ => received += 1,
        }
    }
    let took = Times { wall: since(&first.unwrap()).wall, ..since(&ready) };
    let more = format!(",\"received\":{received},\"overruns\":{overruns}");
    report(workload, n, took, peak_kib(), None, &more);
    Ok(())
}

async fn index_of(handle: &Handle, name: String) -> Result<u32> {
    let link = handle.link().get().match_name(name).execute().try_next().await?;
    Ok(link.ok_or("no link")?.header.index)
}

/// A connection in another namespace than the thread is in: there and back between two awaits.
fn handle_in(netns: &File, home: &File) -> Result<Handle> {
    setns(netns.as_raw_fd(), CloneFlags::CLONE_NEWNET)?;
    let opened = new_connection();
    setns(home.as_raw_fd(), CloneFlags::CLONE_NEWNET)?;
    let (connection, handle, _) = opened?;
    tokio::spawn(connection);
    Ok(handle)
}

async fn attach(handle: &Handle, workload: &str, n: usize) -> Result<()> {
    let home = File::open("/proc/thread-self/ns/net")?;
    let start = now();
    for i in 0..n {
        let (name, a, b) = (format!("h3-c{i}"), format!("a{i}"), format!("b{i}"));
        NetworkNamespace::add(name.clone()).await?;
        let netns = File::open(format!("/run/netns/{name}"))?;
        // The second is up from the start.
        handle.link().add().veth(b.clone(), a).execute().await?;
        let peer = index_of(handle, b.clone()).await?;
        handle.link().set(peer).setns_by_fd(netns.as_raw_fd()).execute().await?;

        let there = handle_in(&netns, &home)?;
        let inside = index_of(&there, b).await?;
        let address = Ipv4Addr::new(10, 88, 1 + (i / 200) as u8, 2 + (i % 200) as u8);
        there.address().add(inside, address.into(), 16).execute().await?;
        there.link().set(1).up().execute().await?;
        there.link().set(inside).up().execute().await?;
        there.route().add().v4().gateway(Ipv4Addr::new(10, 88, 0, 1)).execute().await?;
    }
    report(workload, n, since(&start), peak_kib(), None, "");
    Ok(())
}

/// One thread, which does each of these with less CPU time than several.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [workload, count] = &arguments[..] else { return Err("usage: WORKLOAD N".into()) };
    let n = count.parse()?;
    let (connection, handle, _) = new_connection()?;
    tokio::spawn(connection);
    match workload.as_str() {
        "route4" => routes(&handle, workload, IpVersion::V4, true).await,
        "route4-kept" => routes(&handle, workload, IpVersion::V4, false).await,
        "route4-stream" => stream(&handle, workload).await,
        "route6" => routes(&handle, workload, IpVersion::V6, true).await,
        "link" => links(&handle, workload).await,
        "get" => get(&handle, workload, n).await,
        "add" => add(&handle, workload, n).await,
        "mon" => monitor(workload, n, None).await,
        "monbig" => monitor(workload, n, Some(BIG_BUFFER)).await,
        "attach" => attach(&handle, workload, n).await,
        other => Err(format!("no workload {other}").into()),
    }
}

// SPDX-License-Identifier: BSD-2-Clause
//! What everyday Rust programs do: the standard library's threads, files, processes, sockets and
//! panics; and crates that many of them stand on. Prints the same on every system.
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, Read, Seek, SeekFrom, Write};
use std::sync::{mpsc, Arc, Condvar, Mutex, RwLock};
use std::time::{Duration, Instant, SystemTime};
use std::{env, fs, net, process, thread};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

fn threads() {
    let map = Arc::new(Mutex::new(HashMap::new()));
    let (tx, rx) = mpsc::channel();
    let all: Vec<_> = (0..16u64)
        .map(|i| {
            let (map, tx) = (map.clone(), tx.clone());
            thread::Builder::new()
                .name(format!("t{i}"))
                .spawn(move || {
                    for k in 0..1000 {
                        *map.lock().unwrap().entry(k).or_insert(0) += i;
                    }
                    tx.send(thread::current().name().map(str::len)).unwrap();
                })
                .unwrap()
        })
        .collect();
    drop(tx);
    all.into_iter().for_each(|t| t.join().unwrap());
    println!("threads {} {}", rx.iter().flatten().sum::<usize>(), map.lock().unwrap().values().sum::<u64>());

    let pair = Arc::new((Mutex::new(0), Condvar::new()));
    let other = pair.clone();
    let t = thread::spawn(move || {
        for _ in 0..1000 {
            let mut n = other.1.wait_while(other.0.lock().unwrap(), |n| *n % 2 == 0).unwrap();
            *n += 1;
            other.1.notify_one();
        }
    });
    for _ in 0..1000 {
        let mut n = pair.1.wait_while(pair.0.lock().unwrap(), |n| *n % 2 == 1).unwrap();
        *n += 1;
        pair.1.notify_one();
    }
    t.join().unwrap();
    println!("hand over and back {}", pair.0.lock().unwrap());
    let (guard, late) = {
        let n = pair.0.lock().unwrap();
        let r = pair.1.wait_timeout(n, Duration::from_millis(10)).unwrap();
        (*r.0, r.1.timed_out())
    };
    println!("wait {guard} {late}");
    let lock = RwLock::new(5);
    thread::scope(|s| {
        s.spawn(|| *lock.write().unwrap() += 1);
        s.spawn(|| lock.read().unwrap().to_string());
    });
    println!("rwlock {}", lock.read().unwrap());
    println!("panic {:?}", thread::spawn(|| { Vec::<i32>::new()[0] }).join().is_err());
    let begun = Instant::now();
    thread::sleep(Duration::from_millis(20));
    println!("slept {}", begun.elapsed() >= Duration::from_millis(20));
    println!("now {}", SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() > 1_700_000_000);
}

fn files() -> std::io::Result<()> {
    let dir = env::temp_dir().join(format!("everyday.{}", process::id()));
    fs::create_dir_all(dir.join("a/b"))?;
    fs::write(dir.join("a/b/c"), "one\ntwo\nthree\n")?;
    let mut f = fs::OpenOptions::new().read(true).write(true).open(dir.join("a/b/c"))?;
    f.seek(SeekFrom::End(-6))?;
    f.write_all(b"THREE")?;
    f.set_len(13)?;
    f.sync_all()?;
    f.rewind()?;
    let lines: Vec<_> = std::io::BufReader::new(&f).lines().collect::<Result<_, _>>()?;
    println!("lines {lines:?}");
    std::os::unix::fs::symlink("c", dir.join("a/b/link"))?;
    fs::hard_link(dir.join("a/b/c"), dir.join("hard"))?;
    fs::rename(dir.join("hard"), dir.join("harder"))?;
    fs::copy(dir.join("harder"), dir.join("copy"))?;
    let meta = fs::metadata(dir.join("a/b/link"))?;
    println!("meta {} {} {}", meta.len(), meta.is_file(), fs::symlink_metadata(dir.join("a/b/link"))?.is_symlink());
    println!("link {:?} {}", fs::read_link(dir.join("a/b/link"))?, fs::canonicalize(dir.join("a/b/link"))?.ends_with("a/b/c"));
    let mut names: Vec<_> = walkdir::WalkDir::new(&dir).into_iter().map(|e| e.unwrap().path().strip_prefix(&dir).unwrap().to_owned()).collect();
    names.sort();
    println!("walk {names:?}");
    let mut permissions = fs::metadata(dir.join("copy"))?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(dir.join("copy"), permissions)?;
    println!("read only {}", fs::metadata(dir.join("copy"))?.permissions().readonly());
    println!("none {}", fs::File::open(dir.join("nothing")).unwrap_err());
    println!("not a directory {:?}", fs::read_dir(dir.join("copy")).unwrap_err().raw_os_error());
    fs::remove_dir_all(&dir)?;
    println!("gone {}", !dir.exists());
    Ok(())
}

fn processes() -> std::io::Result<()> {
    let out = process::Command::new("/bin/sh").args(["-c", "cat; echo $GREETING >&2; exit 7"]).env("GREETING", "hello")
        .stdin(process::Stdio::piped()).stdout(process::Stdio::piped()).stderr(process::Stdio::piped()).spawn()
        .and_then(|mut c| { c.stdin.take().unwrap().write_all(b"through cat")?; c.wait_with_output() })?;
    println!("child {:?} {:?} {:?}", out.status.code(), String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    let mut asleep = process::Command::new("/bin/sleep").arg("100").spawn()?;
    println!("running {:?}", asleep.try_wait()?.is_none());
    asleep.kill()?;
    println!("killed {:?}", std::os::unix::process::ExitStatusExt::signal(&asleep.wait()?));
    println!("nothing {}", process::Command::new("/nonexistent").spawn().unwrap_err());
    println!("me {}", env::current_exe()?.ends_with("everyday"));
    println!("processors {}", thread::available_parallelism()?.get() > 0);
    Ok(())
}

fn sockets() -> std::io::Result<()> {
    let listener = net::TcpListener::bind("127.0.0.1:0")?;
    let at = listener.local_addr()?;
    let t = thread::spawn(move || -> std::io::Result<String> {
        let (mut s, from) = listener.accept()?;
        let mut text = String::new();
        s.read_to_string(&mut text)?;
        Ok(format!("{} from {}", text, from.ip()))
    });
    let mut c = net::TcpStream::connect(at)?;
    c.set_nodelay(true)?;
    c.set_read_timeout(Some(Duration::from_millis(10)))?;
    println!("timeout {:?}", matches!(c.read(&mut [0]).unwrap_err().kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut));
    c.write_all(b"hello")?;
    c.shutdown(net::Shutdown::Write)?;
    println!("tcp {}", t.join().unwrap()?);
    let (a, b) = (net::UdpSocket::bind("127.0.0.1:0")?, net::UdpSocket::bind("127.0.0.1:0")?);
    a.send_to(b"datagram", b.local_addr()?)?;
    let mut buf = [0; 64];
    let (n, from) = b.recv_from(&mut buf)?;
    println!("udp {} {}", n, from == a.local_addr()?);
    println!("name {:?}", net::ToSocketAddrs::to_socket_addrs("127.0.0.1:80")?.next());
    println!("refused {:?}", net::TcpStream::connect(at).unwrap_err().kind());
    Ok(())
}

async fn asynchronous() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let at = listener.local_addr()?;
    let server = tokio::spawn(async move {
        let mut total = 0;
        for _ in 0..200 {
            let (mut s, _) = listener.accept().await.unwrap();
            let mut b = [0u8; 64];
            while let Ok(n @ 1..) = s.read(&mut b).await {
                total += n;
                s.write_all(&b[..n]).await.unwrap();
            }
        }
        total
    });
    let clients: Vec<_> = (0..200u8).map(|i| tokio::spawn(async move {
        let mut s = tokio::net::TcpStream::connect(at).await.unwrap();
        s.write_all(&[i; 32]).await.unwrap();
        let mut b = [0u8; 32];
        s.read_exact(&mut b).await.unwrap();
        assert_eq!(b, [i; 32]);
    })).collect();
    for c in clients {
        c.await.unwrap();
    }
    println!("server {}", server.await.unwrap());
    let (mut x, mut y) = tokio::net::UnixStream::pair()?;
    x.write_all(b"ping").await?;
    let mut b = [0u8; 4];
    y.read_exact(&mut b).await?;
    println!("unix {}", String::from_utf8_lossy(&b));
    let out = tokio::process::Command::new("/bin/echo").arg("a child").output().await?;
    println!("async child {} {:?}", out.status, String::from_utf8_lossy(&out.stdout));
    println!("timeout {}", tokio::time::timeout(Duration::from_millis(20), std::future::pending::<()>()).await.is_err());
    let mut usr1 = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::user_defined1())?;
    tokio::process::Command::new("/bin/kill").args(["-s", "USR1", &process::id().to_string()]).status().await?;
    usr1.recv().await;
    println!("signal");
    println!("async file {}", tokio::fs::read_to_string("/etc/passwd").await?.contains("root"));
    Ok(())
}

fn main() -> std::io::Result<()> {
    std::panic::set_hook(Box::new(|p| eprintln!("panicked at line {}", p.location().unwrap().line())));
    println!("arguments {:?}", env::args().skip(1).collect::<Vec<_>>());
    threads();
    files()?;
    processes()?;
    sockets()?;
    let caught = std::panic::catch_unwind(|| "12x".parse::<i32>().unwrap());
    println!("caught {}", caught.is_err());
    println!("rayon {}", (0..1_000_000u64).into_par_iter().filter(|n| n % 3 == 0).map(|n| n * n % 7).sum::<u64>());
    let re = regex::Regex::new(r"(\w+)@(\w+)\.org").unwrap();
    println!("regex {}", re.replace_all("me@here.org, you@there.org", "$2 at $1"));
    let v: BTreeMap<String, serde_json::Value> = serde_json::from_str(r#"{"a":[1,2.5,"x"],"b":null,"c":1e300}"#)?;
    println!("json {}", serde_json::to_string_pretty(&v)?);
    println!("float {} {:e} {}", 0.1f64 + 0.2, 1234567.0f64.sqrt(), 2f64.powf(0.5).sin());
    tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build()?.block_on(asynchronous())?;
    process::exit(3)
}

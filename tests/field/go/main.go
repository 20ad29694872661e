// SPDX-License-Identifier: BSD-2-Clause

// What a server or a tool in Go asks of its system, one subject after the other. It prints
// only what does not depend on the machine, so that the same source built for FreeBSD and
// for Linux must print the same. An argument makes it one of its own children.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

var dir string

func must(err error) {
	if err != nil {
		fmt.Println("FAILED:", err)
		os.Exit(1)
	}
}

func overHTTP(network, address string) {
	l, err := net.Listen(network, address)
	must(err)
	mux := http.NewServeMux()
	mux.HandleFunc("/sum", func(w http.ResponseWriter, r *http.Request) {
		n, _ := io.Copy(io.Discard, r.Body)
		fmt.Fprintf(w, "%d bytes", n)
	})
	server := &http.Server{Handler: mux}
	go server.Serve(l)
	client := &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, l.Addr().String())
		}}}
	var wg sync.WaitGroup
	var good int64
	for i := 0; i < 50; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			r, err := client.Post("http://host/sum", "text/plain", bytes.NewReader(make([]byte, i*1000)))
			if err != nil {
				return
			}
			defer r.Body.Close()
			b, _ := io.ReadAll(r.Body)
			if string(b) == fmt.Sprintf("%d bytes", i*1000) {
				atomic.AddInt64(&good, 1)
			}
		}(i)
	}
	wg.Wait()
	client.CloseIdleConnections()
	fmt.Println("http over", network, good, "good answers, closed:", server.Close())
}

func datagrams() {
	a, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	must(err)
	defer a.Close()
	c, err := net.Dial("udp4", a.LocalAddr().String())
	must(err)
	defer c.Close()
	fmt.Fprint(c, "datagram")
	buf := make([]byte, 100)
	n, from, err := a.ReadFromUDP(buf)
	must(err)
	fmt.Println("udp:", string(buf[:n]), from.String() == c.LocalAddr().String())
	a.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	_, _, err = a.ReadFromUDP(buf)
	fmt.Println("udp, nothing more:", errors.Is(err, os.ErrDeadlineExceeded))
	_, err = net.DialTimeout("tcp", "127.0.0.1:1", time.Second)
	fmt.Println("nobody listens:", errors.Is(err, syscall.ECONNREFUSED))
}

func pipelines() {
	first, second := exec.Command(os.Args[0], "lines", "1000"), exec.Command("sort", "-r")
	third := exec.Command(os.Args[0], "upper")
	second.Stdin, _ = first.StdoutPipe()
	third.Stdin, _ = second.StdoutPipe()
	var out bytes.Buffer
	third.Stdout = &out
	for _, c := range []*exec.Cmd{third, second, first} {
		must(c.Start())
	}
	for _, c := range []*exec.Cmd{first, second, third} {
		must(c.Wait())
	}
	lines := strings.Fields(out.String())
	fmt.Println("pipeline:", len(lines), lines[0], lines[len(lines)-1])
	err := exec.Command(os.Args[0], "exit", "7").Run()
	fmt.Println("exit status:", err)
	child := exec.Command(os.Args[0], "sleep")
	must(child.Start())
	child.Process.Signal(syscall.SIGTERM)
	fmt.Println("killed:", child.Wait())
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	fmt.Println("timed out:", exec.CommandContext(ctx, os.Args[0], "sleep").Run())
	_, err = exec.Command("/nonexistent/program").Output()
	fmt.Println("not there:", errors.Is(err, fs.ErrNotExist))
}

func signals() {
	c := make(chan os.Signal, 100)
	signal.Notify(c, syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGWINCH)
	got := map[os.Signal]int{}
	for i := 0; i < 60; i++ {
		s := []syscall.Signal{syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGWINCH}[i%3]
		must(syscall.Kill(os.Getpid(), s))
		got[<-c]++
	}
	fmt.Println("signals:", got[syscall.SIGUSR1], got[syscall.SIGUSR2], got[syscall.SIGWINCH])
	signal.Stop(c)
	func() {
		defer func() { fmt.Println("recovered:", recover()) }()
		var p *int
		*p = 1
	}()
}

func timers() {
	start := time.Now()
	var n int64
	var wg sync.WaitGroup
	for i := 0; i < 1000; i++ {
		wg.Add(1)
		time.AfterFunc(time.Duration(i%50)*time.Millisecond, func() { atomic.AddInt64(&n, 1); wg.Done() })
	}
	wg.Wait()
	took := time.Since(start)
	fmt.Println("timers:", n, took > 45*time.Millisecond, took < 5*time.Second)
}

func goroutines() {
	var wg sync.WaitGroup
	var sum int64
	for i := 0; i < 10000; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			name := filepath.Join(dir, fmt.Sprintf("g%d", i%500))
			f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o644)
			must(err)
			defer f.Close()
			fmt.Fprintf(f, "%06d\n", i)
			b := make([]byte, 7)
			if _, err = f.ReadAt(b, 0); err == nil {
				atomic.AddInt64(&sum, 1)
			}
		}(i)
	}
	wg.Wait()
	total := int64(0)
	files := 0
	must(filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			info, _ := d.Info()
			total += info.Size()
			files++
		}
		return err
	}))
	fmt.Println("goroutines:", sum, "reads,", files, "files,", total, "bytes")
}

func locksAndMappings() {
	name := filepath.Join(dir, "locked")
	a, err := os.Create(name)
	must(err)
	b, err := os.Open(name)
	must(err)
	must(syscall.Flock(int(a.Fd()), syscall.LOCK_EX))
	err = syscall.Flock(int(b.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
	fmt.Println("flock, held:", errors.Is(err, syscall.EWOULDBLOCK))
	must(syscall.Flock(int(a.Fd()), syscall.LOCK_UN))
	fmt.Println("flock, free:", syscall.Flock(int(b.Fd()), syscall.LOCK_SH|syscall.LOCK_NB))
	lk := syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart, Start: 10, Len: 5}
	must(syscall.FcntlFlock(a.Fd(), syscall.F_SETLK, &lk))
	out, _ := exec.Command(os.Args[0], "trylock", name).Output()
	fmt.Printf("fcntl lock, from a child: %s", out)
	must(a.Truncate(8192))
	m, err := syscall.Mmap(int(a.Fd()), 0, 8192, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	must(err)
	copy(m[4096:], "through memory")
	x := make([]byte, 14)
	_, err = a.ReadAt(x, 4096)
	fmt.Println("mmap:", string(x), err, syscall.Munmap(m))
	runtime.KeepAlive(b) // closed by its finalizer it would take the process's locks along
}

func child() bool {
	if len(os.Args) < 2 {
		return false
	}
	switch os.Args[1] {
	case "lines":
		for i := 0; i < 1000; i++ {
			fmt.Printf("line%04d\n", i)
		}
	case "upper":
		s := bufio.NewScanner(os.Stdin)
		for s.Scan() {
			fmt.Println(strings.ToUpper(s.Text()))
		}
	case "exit":
		os.Exit(7)
	case "sleep":
		time.Sleep(time.Minute)
	case "trylock":
		f, err := os.OpenFile(os.Args[2], os.O_RDWR, 0)
		must(err)
		lk := syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart, Start: 12, Len: 1}
		err = syscall.FcntlFlock(f.Fd(), syscall.F_SETLK, &lk)
		lk.Start = 20
		fmt.Println(errors.Is(err, syscall.EAGAIN), syscall.FcntlFlock(f.Fd(), syscall.F_SETLK, &lk))
	}
	return true
}

func main() {
	if child() {
		return
	}
	var err error
	dir, err = os.MkdirTemp("", "fbird-go")
	must(err)
	defer os.RemoveAll(dir)
	overHTTP("tcp4", "127.0.0.1:0")
	if _, err := net.InterfaceAddrs(); err == nil {
		overHTTP("tcp6", "[::1]:0")
	}
	overHTTP("unix", filepath.Join(dir, "socket"))
	datagrams()
	pipelines()
	signals()
	timers()
	goroutines()
	locksAndMappings()
	env := os.Environ()
	sort.Strings(env)
	fmt.Println("threads used:", runtime.NumCPU() > 0, "environment:", len(env) > 0)
}

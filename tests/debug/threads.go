// SPDX-License-Identifier: BSD-2-Clause

// What tests/field/debug-go.t looks at with gdb: goroutines on several threads, a deep stack, data,
// a call that fails.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
)

var total int
var lock sync.Mutex

//go:noinline
func work(n int, together *sync.WaitGroup, done *sync.WaitGroup) {
	runtime.LockOSThread()
	together.Done()
	together.Wait()
	lock.Lock()
	total += n
	lock.Unlock()
	done.Done()
}

//go:noinline
func deeper(n int) int {
	if n == 0 {
		return total
	}
	return deeper(n-1) + 1
}

func main() {
	var together, done sync.WaitGroup
	together.Add(4)
	done.Add(4)
	for i := 1; i <= 4; i++ {
		go work(i, &together, &done)
	}
	done.Wait()
	_, err := os.Open("/nonexistent")
	fmt.Println("total", deeper(3), err)
}

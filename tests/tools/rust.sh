#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# rust.sh DIR: brings the packages that tests/field/rust/packages lists into DIR/root, unpacked and
# not installed, through apt; and builds Rust's standard library of that source for illumos in
# DIR/illumos, a sysroot for rustc. What is there is left alone. Fails with a sentence when a
# package cannot be had.
set -euo pipefail
list=$(cd "$(dirname "$0")/../field/rust" && pwd)/packages
mkdir -p "$1"
cd "$1"
root=$PWD/root

if [ ! -e "$root/.whole" ]; then
	command -v apt-get >/dev/null || { echo "rust.sh: this takes Debian's packages of Rust, and there is no apt-get" >&2; exit 1; }
	rm -rf archives "$root"
	mkdir -p archives "$root"
	mapfile -t packages < <(sed 's/#.*//' "$list" | tr ' ' '\n' | grep .)
	if ! (cd archives && apt-get download -q "${packages[@]}") >log 2>&1; then
		echo "rust.sh: apt cannot bring the packages: $(grep -m1 '^E:' log || tail -n1 log)" >&2
		exit 1
	fi
	for archive in archives/*.deb; do
		dpkg-deb -x "$archive" "$root"
	done
	rm -rf archives log
	touch "$root/.whole"
fi

std=$PWD/illumos
[ -e "$std/.whole" ] && exit 0
rm -rf "$std"
target=x86_64-unknown-illumos
out=$std/lib/rustlib/$target/lib
mkdir -p "$out" nothing
library=$(echo "$root"/usr/src/rustc-*/library)
crates=$root/usr/share/cargo/registry
export LD_LIBRARY_PATH=$root/usr/lib/x86_64-linux-gnu
# As the library is built with its compiler: unstable features, and no crate but these.
export RUSTC_BOOTSTRAP=1 STD_ENV_ARCH=x86_64

# crate NAME SOURCE [rustc's arguments]
crate() {
	local name=$1 source=$2
	shift 2
	"$root/usr/bin/rustc" --target "$target" --sysroot "$PWD/nothing" -L "$out" --out-dir "$out" --crate-type rlib \
		--crate-name "$name" -C opt-level=2 -C force-unwind-tables=yes -C embed-bitcode=no \
		-Z force-unstable-if-unmarked --cap-lints allow "$@" "$source"
}
# with [AS=]NAME...: adds these crates to the arguments
with() {
	local name
	for name in "$@"; do
		args+=(--extern "${name%%=*}=$out/lib${name##*=}.rlib")
	done
}
feature() {
	local name
	for name in "$@"; do
		args+=(--cfg "feature=\"$name\"")
	done
}

args=()
crate core "$library/core/src/lib.rs" --edition 2021
with core
feature compiler-builtins mem-unaligned
crate compiler_builtins "$crates"/compiler_builtins-*/src/lib.rs "${args[@]}"
args=(--edition 2021)
with core compiler_builtins
crate rustc_std_workspace_core "$library/rustc-std-workspace-core/lib.rs" "${args[@]}"
crate alloc "$library/alloc/src/lib.rs" "${args[@]}"
with alloc
crate rustc_std_workspace_alloc "$library/rustc-std-workspace-alloc/lib.rs" "${args[@]}"

args=()
with core=rustc_std_workspace_core alloc=rustc_std_workspace_alloc compiler_builtins
feature rustc-dep-of-std
crate cfg_if "$crates"/cfg-if-0.1.*/src/lib.rs "${args[@]}"
crate rustc_demangle "$crates"/rustc-demangle-*/src/lib.rs "${args[@]}"
feature nightly rustc-internal-api alloc
crate hashbrown "$crates"/hashbrown-*/src/lib.rs --edition 2021 "${args[@]}"
# What libc's build script finds out about a compiler of this age.
args=()
with rustc_std_workspace_core compiler_builtins
feature rustc-dep-of-std align
for fact in priv_mod_use union const_size_of align core_cvoid packedN int128 cfg_target_vendor non_exhaustive \
	ptr_addr_of underscore_const_names const_extern_fn; do
	args+=(--cfg "libc_$fact")
done
crate libc "$crates"/libc-*/src/lib.rs "${args[@]}"

args=(--edition 2021)
with core compiler_builtins alloc libc cfg_if
crate unwind "$library/unwind/src/lib.rs" "${args[@]}"
with unwind
crate panic_abort "$library/panic_abort/src/lib.rs" "${args[@]}" -C panic=abort
crate panic_unwind "$library/panic_unwind/src/lib.rs" "${args[@]}"
detect=(core=rustc_std_workspace_core alloc=rustc_std_workspace_alloc compiler_builtins libc cfg_if)
std_args=("${args[@]}")
args=(--edition 2018)
with "${detect[@]}"
feature libc std_detect_dlsym_getauxval
crate std_detect "$library/stdarch/crates/std_detect/src/lib.rs" "${args[@]}"
args=("${std_args[@]}")
with hashbrown rustc_demangle std_detect panic_unwind panic_abort
feature panic-unwind
crate std "$library/std/src/lib.rs" "${args[@]}" --cfg backtrace_in_libstd
rmdir nothing
touch "$std/.whole"

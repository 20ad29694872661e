#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Whole FreeBSD userlands, when FBIRD_FREEBSD_ROOT names trees of them (several between
# colons; `make field`): every executable of the tree's directories is started, as the caller
# and as nobody; what tests/field/freebsd-root.list says of programs is held against them;
# and where the tree has what it takes to compile for it, a program loads others at run
# time. What is done at a terminal is freebsd-terminal.t's. FBIRD_CONFORMANCE=FILE writes
# down what was run and how it ended (docs/conformance/freebsd.md).
use strict;
use warnings;
use lib 'tests/lib';
use Cwd ();
use File::Basename;
use File::Temp qw(tempdir);
use FbirdTest;
use Test::More;

plan(skip_all => 'FBIRD_FREEBSD_ROOT names no FreeBSD tree') if !length($ENV{FBIRD_FREEBSD_ROOT} // '');
my @roots = map { Cwd::abs_path($_) // BAIL_OUT("$_ is no tree") } split /:/, $ENV{FBIRD_FREEBSD_ROOT};

my $path = '/sbin:/bin:/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin';
my @folders = qw(bin sbin usr/bin usr/sbin usr/local/bin usr/local/sbin);

# Not even their usage is asked of programs that change machines or disks, or write for ever.
my %dangerous = map { $_ => 1 } qw(reboot halt shutdown fastboot fasthalt poweroff init nextboot dd yes
	fdisk bsdlabel disklabel gpart rmuser adduser pw vipw chroot watch cu tip telnet rtprio idprio kldload
	kldunload bsdinstall freebsd-update portsnap hastd growfs tunefs zfs zpool mdconfig swapon swapoff sade
	sysinstall bsdconfig dumpon savecore mount umount gmirror geli geom ktrace kill_ghosts.sh
	show_filter_reload_status.php ntpdate_sync_once.sh runmsntp.sh);
my $dangerous = qr/^(?:newfs|fsck|mount|ggat|mkfs)\w*$|_install_server$|label$/;

# How they end otherwise than by a status of their own, and why.
my %different = (
	revoke => ['SIG31', 'there is no revoke(2)'],
	pawd => ['TIMEOUT', 'it waits for amd(8), which does not run'],
	clear_locks => ['TIMEOUT', 'it waits for rpcbind(8), which does not run'],
	instmodsh => ['TIMEOUT', 'it does not notice the end of its input'],
	ndisgen => ['TIMEOUT', 'it does not notice the end of its input'],
	ssh_tunnel_shell => ['TIMEOUT', 'it waits on purpose'],
);

# ---- running something in a tree -----------------------------------------------------------
my $root;
my ($fbird, @prefix) = (fbird());
my (%report, @order);

sub record {
	my ($section, @cells) = @_;
	push @order, $section if !$report{$section};
	push @{ $report{$section} }, \@cells;
}

sub in_tree {
	my ($command, %o) = @_;
	my %env = (PATH => $path, %{ $o{env} // {} });
	return run(cmd => [@prefix, $fbird, 'run', '--missing', '--root', $root, (map { ('--env', "$_=$env{$_}") } sort keys %env),
			@$command],
		env => { TERM => 'xterm', LOGNAME => @prefix || $> ? 'nobody' : 'root' }, limit => $o{limit} // 10,
		exists $o{dir} ? (dir => $o{dir}) : ());
}

# ---- every executable ----------------------------------------------------------------------

# A script whose interpreter the tree lacks, or a file that is no program: fbird says so.
sub cannot_start {
	my ($file) = @_;
	my $head = '';
	open(my $in, '<:raw', $file) or return 1;
	read($in, $head, 256);
	return 0 if $head =~ /^\x7fELF\x02/;
	return 1 if $head !~ m{^#!\s*(\S+)(?:[ \t]+(\S+))?};
	my ($program, $word) = ($1, $2);
	return 1 if !-e "$root$program" && !-l "$root$program";
	return 0 if $program !~ m{/env$} || !defined $word;
	return !grep { -e "$root$_/$word" } split /:/, $path;
}

sub start_all {
	my ($who) = @_;
	my ($count, %ends) = (0);
	my @wrong;
	for my $file (map { sort glob("$root/$_/*") } @folders) {
		my ($name, $base) = (substr($file, length $root), basename($file));
		next if !-f $file || !-x _ || $dangerous{$base} || $base =~ $dangerous;
		my $r = in_tree([$name, '--version'], limit => 8);
		my $end = outcome($r);
		my $want = $different{$base};
		my $why = '';
		$count++;
		if ($want && $end eq $want->[0]) {
			$why = $want->[1];
		} elsif (cannot_start($file)) {
			$why = 'what it needs to start is not in the tree';
		} elsif ($end !~ /^\d+$/ || $r->{err} =~ /^fbird: /m) {
			($why) = $r->{err} =~ /^(fbird: [^\n]*)/m;
			push @wrong, "$name: $end " . ($why // '');
		}
		$ends{$name} = [$end, $why // ''];
	}
	is(scalar @wrong, 0, "$count programs start as $who") or diag(join("\n", @wrong));
	return %ends;
}

sub report_starts {
	my ($mine, $theirs) = @_;
	my %by;
	for my $name (sort keys %$mine) {
		my ($end, $why) = @{ $mine->{$name} };
		my $other = $theirs->{$name} ? $theirs->{$name}[0] : $end;
		push @{ $by{ $end eq $other ? $end : "$end; $other as nobody" } }, $name . ($why ? " ($why)" : '');
	}
	record('started with --version', "$_: " . @{ $by{$_} } . ' programs', join(' ', @{ $by{$_} }))
		for sort { @{ $by{$b} } <=> @{ $by{$a} } || $a cmp $b } keys %by;
}

# ---- what they do ---------------------------------------------------------------------------
sub work {
	for my $line (split /\n/, slurp('tests/field/freebsd-root.list')) {
		next if $line =~ /^#/ || !length $line;
		my ($program, $status, $want, $command) = split /\t/, $line, 4;
		next if !-e "$root$program";
		my $r = in_tree(['/bin/sh', '-c', $command], limit => 30);
		my $said = $r->{out} . $r->{err};
		my $good = outcome($r) eq $status && $said =~ /$want/sx && $r->{err} !~ /^fbird: /m;
		ok($good, "$program: $command") or (describe($r), diag("it wrote:\n" . substr($said, 0, 1000)));
		(my $cell = $command) =~ s/\|/\\|/g;
		record('what they do', $program, "`$cell`", $good ? 'as expected' : 'WRONG: ' . outcome($r));
	}
}

# ---- what is loaded at run time ---------------------------------------------------------------
sub release {
	return $1 if `file -L '$root/libexec/ld-elf.so.1' '$root/bin/sh'` =~ /for FreeBSD (\d+\.\d+)/;
	return undef;
}

sub loading {
	my $release = release();
	my $place = tempdir(CLEANUP => 1);
	return if !$release || !-e "$root/usr/include/dlfcn.h" || !-e "$root/usr/lib/crt1.o";
	chmod 0755, $place;
	my @cc = ('clang', "--target=x86_64-unknown-freebsd$release", "--sysroot=$root", '-fuse-ld=lld',
		'-nodefaultlibs', '-Wno-unused-command-line-argument');
	my $source = 'tests/field/freebsd-root';
	for (["plug.so", '-shared', '-fPIC', "$source/plug.c"], ["instead.so", '-shared', '-fPIC', "$source/instead.c"],
		['main', "$source/main.c", '-lthr', '-lc'],
		['needs', "$source/main.c", "-L$place", '-l:plug.so', '-lthr', '-lc']) {
		my ($out, @rest) = @$_;
		system(@cc, '-o', "$place/$out", @rest) == 0 or return ok(0, "$out is compiled for $release");
	}
	my $libraries = -e "$root/bin/sh" ? '' : "$root/lib:$root/usr/lib";
	my $loaded = sub {
		my ($name, $env, $command, $status, $want) = @_;
		my $r = in_tree($command, dir => $place,
			env => { $libraries ? (LD_LIBRARY_PATH => $libraries) : (), %$env });
		my $good = outcome($r) eq $status && "$r->{out}$r->{err}" =~ $want;
		ok($good, "run-time linking: $name") or (describe($r), diag($r->{out}));
		record('run-time linking', $name, $good ? 'as expected' : 'WRONG');
	};
	my $all = slurp("$source/main.out");
	$loaded->('dlopen, dlsym, dladdr, fdlopen, TLS, LD_PRELOAD', { LD_PRELOAD => "$place/instead.so" },
		['./main', './plug.so'], '0', qr/\A\Q$all\E\z/);
	$loaded->('an unmet library', {}, ['./needs', './plug.so'], '1', qr/Shared object "plug\.so" not found, required by "needs"/);
	$loaded->('LD_LIBRARY_PATH', { LD_LIBRARY_PATH => join(':', grep { length } $place, $libraries) },
		['./needs', './plug.so'], '0', qr/^plug 42 43$/m);
	$loaded->('LD_BIND_NOW', { LD_BIND_NOW => 1 }, ['./main', './plug.so'], '0', qr/^plug 42 43$/m);
	$loaded->('LD_TRACE_LOADED_OBJECTS', { LD_TRACE_LOADED_OBJECTS => 1 }, ['./main'], '0', qr/libc\.so\.7 => /);
}

# ---- all of it, tree by tree ----------------------------------------------------------------------
my @written;
for my $tree (@roots) {
	$root = $tree;
	(%report, @order) = ();
	my $release = release() // 'unknown';
	my $mine = {};
	my $theirs = {};
	if (-e "$root/bin/sh") {
		$mine = { start_all($> == 0 ? 'root' : 'the caller') };
		if (my ($nobodys, @drop) = nobodys_fbird()) {
			($fbird, @prefix) = ($nobodys, @drop);
			$theirs = { start_all('nobody') };
			($fbird, @prefix) = (fbird());
		}
		report_starts($mine, $theirs);
		# One program of many names has its own ideas of what they do.
		work() if !-l "$root/bin/sh";
	}
	loading();
	diag("FreeBSD $release: " . keys(%$mine) . ' programs started, ' .
		join(', ', map { scalar(@{ $report{$_} }) . " checks of $_" } grep { !/started/ } @order));
	push @written, "\n## FreeBSD $release\n", map {
		("\n### " . ucfirst($_) . "\n\n", $_ =~ /started/ ? "| How it ended | Programs |\n|---|---|\n"
			: "| " . join(' | ', ('') x @{ $report{$_}[0] }) . " |\n|" . '---|' x @{ $report{$_}[0] } . "\n",
			map { '| ' . join(' | ', @$_) . " |\n" } @{ $report{$_} })
	} @order;
}
if (length($ENV{FBIRD_CONFORMANCE} // '')) {
	open(my $out, '>', $ENV{FBIRD_CONFORMANCE}) or die "$ENV{FBIRD_CONFORMANCE}: $!";
	print $out slurp('tests/field/freebsd-root/head.md'), @written;
	close $out;
}
done_testing;

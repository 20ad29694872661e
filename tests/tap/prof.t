#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird prof: a program with known hot spots on each system; every format, read by what it is for; a Go
# program without a symbol table; a PDP-11's; children; calls; comparing; and what goes wrong: outputs
# that cannot be written, a kernel that refuses, files that are no profiles.
use strict;
use warnings;
use lib 'tests/lib';
use Cwd qw(abs_path);
use FbirdTest;
use File::Temp qw(tempdir);
use IO::Handle;
use IO::Uncompress::Gunzip ();
use JSON::PP;
use Test::More;

# A browser without a window, spoken to by the DevTools protocol over a pair of pipes: descriptors 3 and
# 4 of its own, JSON objects that end with a zero.
package Browser {
	use JSON::PP;
	use POSIX ();

	sub new {
		my ($class, $program, $data) = @_;
		pipe(my $in, my $to) or return;
		pipe(my $from, my $out) or return;
		my $pid = fork() // return;
		if ($pid == 0) {
			my ($a, $b) = (POSIX::dup(fileno $in), POSIX::dup(fileno $out));
			POSIX::dup2($a, 3);
			POSIX::dup2($b, 4);
			open(STDOUT, '>', '/dev/null');
			open(STDERR, '>', '/dev/null');
			setpgrp;
			exec($program, '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
				"--user-data-dir=$data", '--remote-debugging-pipe', 'about:blank') or POSIX::_exit(98);
		}
		my $self = bless { pid => $pid, to => $to, from => $from, n => 0, buffer => '', complaints => [], keys => 0 }, $class;
		$to->autoflush(1);
		my $targets = $self->ask('Target.getTargets') or $self->close, return;
		my ($target) = grep { $_->{type} eq 'page' } @{ $targets->{targetInfos} };
		$self->{session} = $self->ask('Target.attachToTarget', { targetId => $target->{targetId}, flatten => JSON::PP::true })->{sessionId};
		$self->ask($_) for 'Page.enable', 'Runtime.enable', 'Log.enable';
		return $self;
	}
	sub message {
		my ($self) = @_;
		local $SIG{ALRM} = sub { die "the browser says nothing\n" };
		alarm 60;
		my $end;
		while (($end = index($self->{buffer}, "\0")) < 0) {
			my $n = eval { sysread($self->{from}, $self->{buffer}, 65536, length $self->{buffer}) };
			return if !$n;
		}
		alarm 0;
		my $m = decode_json(substr($self->{buffer}, 0, $end));
		substr($self->{buffer}, 0, $end + 1) = '';
		push @{ $self->{complaints} }, encode_json($m->{params})
			if ($m->{method} // '') =~ /^(?:Runtime\.exceptionThrown|Log\.entryAdded|Runtime\.consoleAPICalled)$/;
		return $m;
	}
	sub ask {
		my ($self, $method, $params) = @_;
		my $id = ++$self->{n};
		local $SIG{PIPE} = 'IGNORE';
		print { $self->{to} } encode_json({ id => $id, method => $method, params => $params // {}, $self->{session} ? (sessionId => $self->{session}) : () }), "\0";
		while (my $m = $self->message) {
			return $m->{result} if ($m->{id} // 0) == $id;
		}
		return;
	}
	sub open {
		my ($self, $url) = @_;
		$self->ask('Page.navigate', { url => $url });
		for (1 .. 200) {
			return if $self->value('document.readyState') eq 'complete' && $self->value('location.href') eq $url;
			select undef, undef, undef, 0.05;
		}
	}
	sub value {
		my ($self, $expression) = @_;
		my $r = $self->ask('Runtime.evaluate', { expression => $expression, returnByValue => JSON::PP::true });
		return $r->{result}{value} // 'nothing: ' . encode_json($r);
	}
	sub key {
		my ($self, $key, $shift) = @_;
		$self->ask('Input.dispatchKeyEvent', { type => $_, key => $key, code => $key, modifiers => $shift ? 8 : 0 }) for 'keyDown', 'keyUp';
	}
	sub type { $_[0]->ask('Input.insertText', { text => $_[1] }) }
	sub complaints { @{ $_[0]{complaints} } }
	sub close {
		my ($self) = @_;
		kill 'KILL', -$self->{pid};
		waitpid $self->{pid}, 0;
	}
}
package main;

my $dir = tempdir(CLEANUP => 1);
chmod 0755, $dir;
my $tests = abs_path('tests');

sub prof {
	my ($args, %more) = @_;
	return run(cmd => [fbird(), 'prof', @$args], limit => 90, dir => $dir, %more);
}
sub write_file { open(my $o, '>:raw', $_[0]) or die "$_[0]: $!"; print $o $_[1]; close $o }

# Samples by the innermost function, and all of them.
sub self {
	my ($folded) = @_;
	my (%self, $all);
	for (split /\n/, $folded) {
		my ($stack, $n) = /^(.+) (\d+)$/ or return ({}, 0);
		$self{ (split /;/, $stack)[-1] } += $n;
		$all += $n;
	}
	return (\%self, $all // 0);
}

my $fbird_run = fbird() . ' run';
my $can = prof(['/bin/true']);
plan skip_all => "this host lets nobody sample: $can->{err}" if outcome($can) ne '0';

# ---- hot spots ------------------------------------------------------------------------------
for my $system ('freebsd', 'linux', 'illumos') {
	my $r = prof(['-F', '2999', '-o', "$dir/$system.folded", "$build/twin/hot_spots.$system", '30000']);
	ok(outcome($r) eq '7' && $r->{out} eq "burnt\n" && $r->{err} eq '', "$system: it ends as the program does") or describe($r);
	my ($self, $all) = self(slurp("$dir/$system.folded") // '');
	for (['burn_sixty', 60], ['burn_thirty', 30], ['burn_ten', 10]) {
		my ($name, $want) = @$_;
		my $got = $all ? 100 * ($self->{$name} // 0) / $all : 0;
		ok($all > 1000 && abs($got - $want) <= 2, sprintf('%s: %s has %.1f %% of %d samples', $system, $name, $got, $all));
	}
}
like(slurp("$dir/freebsd.folded"), qr/^_start;start_at;main;turns;burn_sixty \d+$/m, 'with the whole stack, where the program keeps frames');

# ---- formats --------------------------------------------------------------------------------
my @burn = ("$build/twin/hot_spots.freebsd", '4000');
my $r = prof([@burn]);
ok(outcome($r) eq '7' && $r->{err} =~ /^ *\d+\.\d+ +\d+\.\d+ +\d+\.\d+  burn_sixty  \(hot_spots\.freebsd\)$/m
	&& $r->{err} =~ /^ *(?:9\d|100)\.\d\d .*  hot_spots\.freebsd$/m && $r->{err} =~ /% burn_\w+\n +turns\n +main\n/, 'a report, on the standard error') or describe($r);
$r = prof(['-o', '-', '--format', 'folded', @burn]);
like($r->{out}, qr/\Aburnt\n(?:[^\n]+ \d+\n)+\z/, 'folded, on the standard output');
prof(['-o', "$dir/o.json", @burn]);
my $speedscope = decode_json(slurp("$dir/o.json"));
my $shown = $speedscope->{profiles}[0];
is($speedscope->{'$schema'}, 'https://www.speedscope.app/file-format-schema.json', 'speedscope: what the name of the file ends with decides');
ok(@{ $shown->{samples} } == @{ $shown->{weights} } && !grep({ !defined $speedscope->{shared}{frames}[$_]{name} } map { @$_ } @{ $shown->{samples} }),
	'each of its samples has a weight and frames that are there');
my $weight = 0;
$weight += $_ for @{ $shown->{weights} };
ok($weight == $shown->{endValue} && $weight > 1e8, 'and the weights are all the time');
prof(['-o', "$dir/o.pb.gz", @burn]);
SKIP: {
	skip 'there is no go', 2 if !grep { -x "$_/go" } split /:/, $ENV{PATH};
	my $r = run(cmd => ['go', 'tool', 'pprof', '-top', "$dir/o.pb.gz"], limit => 120, env => { HOME => $dir, GOFLAGS => '-mod=mod' });
	ok(outcome($r) eq '0' && $r->{out} =~ /^File: hot_spots\.freebsd$|^Type: cpu$/m && $r->{out} =~ /% +burn_sixty$/m, 'go tool pprof opens it') or describe($r);
	$r = run(cmd => ['go', 'tool', 'pprof', '-traces', "$dir/o.pb.gz"], limit => 120, env => { HOME => $dir });
	like($r->{out}, qr/burn_sixty\n\s+turns\n\s+main\n/, 'with the stacks');
}
prof(['--mode', 'cpu,syscall', '-o', "$dir/o.html", @burn]);
my $page = slurp("$dir/o.html");
my ($json) = $page =~ m{<script type="application/json" id="profile">(.*?)</script>}s;
my $in_page = eval { decode_json($json) } // {};
my $samples = 0;
$samples += $_->[0][ $in_page->{views}[0]{count} ] for @{ $in_page->{stacks} };
ok($samples > 100 && $in_page->{views}[0]{mode} eq 'cpu' && (grep { $_->[0] eq 'burn_ten' } @{ $in_page->{frames} }) == 1 && $in_page->{calls}[0][1] eq 'freebsd',
	'a page with the profile in it');
ok($page !~ m{(?:src|href)="(?!data:,")|\burl\(|https?://}, 'and nothing it would have to load');


# In a browser: searched, sorted and walked through with the keyboard; nothing complains.
SKIP: {
	my ($chromium) = grep { -x } map { my $p = $_; map { "$p/$_" } 'chromium', 'chromium-browser', 'google-chrome', 'chrome' } split /:/, $ENV{PATH};
	skip 'there is no Chromium', 25 if !$chromium;
	my $browser = Browser->new($chromium, "$dir/chromium") or skip 'Chromium does not start here', 25;
	$browser->open("file://$dir/o.html");
	is($browser->value('document.title'), "$build/twin/hot_spots.freebsd 4000 \x{2013} fbird prof", 'Chromium shows the page');
	is($browser->value('document.querySelectorAll("[role=tree] [role=treeitem]").length > 6'), 1, 'the graph is a tree of functions');
	is($browser->value('[...document.querySelectorAll("[role=treeitem]")].every(e => e.getAttribute("aria-label") && e.getAttribute("aria-level"))'), 1, 'each with a label and a level');
	$browser->value('document.getElementById("search").focus(), 1');
	$browser->type('burn_ten');
	my ($ten) = grep { $in_page->{frames}[$_][0] eq 'burn_ten' } 0 .. $#{ $in_page->{frames} };
	my $in_ten = 0;
	for my $stack (@{ $in_page->{stacks} }) {
		my ($values, @frames) = @$stack;
		$in_ten += $values->[0] if grep { $_ == $ten } @frames;
	}
	is($browser->value('document.getElementById("found").textContent'), sprintf('%.2f%% of the samples are in what matches', 100 * $in_ten / $samples),
		'a search says how much it found');
	is($browser->value('[...document.querySelectorAll(".hit")].map(e => e.node.name).join()'), 'burn_ten', 'and marks it');
	is($browser->value('document.querySelectorAll("#functions tbody tr").length'), 1, 'in the table, too');
	$browser->value('document.getElementById("search").value = "", search(), 1');
	$browser->value('document.querySelector("[role=treeitem][tabindex=\\"0\\"]").focus(), 1');
	my $focused = 'document.activeElement.node ? document.activeElement.node.name : "none"';
	$browser->key('ArrowDown') until $browser->value($focused) eq 'turns' || $browser->{keys}++ > 12;
	$browser->key('ArrowDown');
	is($browser->value($focused), 'burn_sixty', 'arrow keys go down to the function that takes longest');
	$browser->key('ArrowRight');
	is($browser->value($focused), 'burn_thirty', 'and beside it');
	$browser->key('Enter');
	ok($browser->value('zoomed.name') eq 'burn_thirty' && $browser->value('document.activeElement.style.width') eq '100%'
		&& $browser->value('![...document.querySelectorAll("[role=treeitem]")].some(e => e.node.name == "burn_sixty")'), 'Enter makes it as wide as the graph');
	$browser->key('Escape');
	is($browser->value('zoomed.name'), 'all', 'and Escape goes back');
	$browser->value('document.querySelectorAll("#functions th button")[5].click(), 1');
	my $names = $browser->value('[...document.querySelectorAll("#functions tbody tr")].map(r => r.cells[5].textContent).join("\n")');
	is($names, join("\n", sort split /\n/, $names), 'the table is sorted by name, and says so: ' . $browser->value('document.querySelectorAll("#functions th")[5].getAttribute("aria-sort")'));
	$browser->value('document.getElementById("view").value = 1, document.getElementById("view").dispatchEvent(new Event("change")), 1');
	like($browser->value('document.getElementById("facts").textContent'), qr/^time in calls of the system, of all threads: 0\.\d+ s in /, 'time in calls can be shown instead');
	ok($browser->value('[...document.querySelectorAll("[role=treeitem]")].some(e => e.node.name === "write" && e.node.object === "freebsd")')
		&& !$browser->value('[...document.querySelectorAll("[role=treeitem]")].some(e => e.node.name === "burn_ten")'), 'by stack, with the calls inside');
	$browser->value('document.getElementById("view").value = 0, document.getElementById("view").dispatchEvent(new Event("change")), 1');
	is($browser->value('[...document.querySelectorAll("[role=treeitem]")].some(e => e.node.name === "burn_ten")'), 1, 'and the samples again');
	# Of this one thread: its strip, read out, walked through, and looked at by itself.
	my $strip = sub { $browser->value("document.querySelectorAll('#time [role=slider]')[$_[0]].getAttribute('$_[1]')") };
	is($browser->value('document.querySelectorAll("#time [role=slider]").length'), 2, 'the timeline has a row for all threads and one for the only one');
	like($browser->value('document.getElementById("who1").textContent'), qr/^hot_spots\.freeb \d+$/, 'named as the thread is');
	my $bins = $in_page->{bins};
	is($strip->(0, 'aria-valuemax'), $bins - 1, 'a slider through the time');
	$browser->value('document.querySelector("#time [role=slider][tabindex=\\"0\\"]").focus(), 1');
	$browser->key('ArrowDown');
	$browser->key('Home');
	$browser->key('PageDown', 1) for 1 .. 10;
	my $step = int($bins / 20 + 0.5) || 1;
	is($browser->value('[cursor.row, cursor.from, cursor.to].join()'), "1,0," . 10 * $step, 'Shift takes more of it');
	like($strip->(1, 'aria-valuetext'), qr/^0\.000 s to 0\.\d{3} s: 0\.\d{3} s, \d+% of it in burn_sixty$/, 'and says how much and what most');
	my $half = 0;
	for (@{ $in_page->{moments} }) {
		my ($measure, $thread, $bin, $stack, $value, $times) = @$_;
		$half += $times if $measure == $in_page->{views}[0]{measure} && $bin <= 10 * $step;
	}
	$browser->key('Enter');
	is($browser->value('shares.reduce((a, s) => a + s.count, 0)'), $half, 'Enter: the table has only the samples in there');
	ok($browser->value('root.total') == $half * $in_page->{period} && $half < $samples, "and so has the graph: $half of $samples");
	like($browser->value('document.getElementById("range").textContent'), qr/^Shown is only hot_spots\.freeb \d+, 0\.000 s to 0\.\d+ s\.$/, 'which is said');
	$browser->key('Escape');
	is($browser->value('shares.reduce((a, s) => a + s.count, 0)'), $samples, 'and Escape shows everything again');
	is(join("\n", $browser->complaints), '', 'nothing was complained about');
	$browser->value('console.error("heard"), 1');
	like(join("\n", $browser->complaints), qr/heard/, 'which would have been heard');
	$browser->close;
}

# ---- programs of other kinds ----------------------------------------------------------------
SKIP: {
	my $esbuild = "$build/fixtures/esbuild-freebsd-x64/bin/esbuild";
	system('tests/tools/fixtures.sh', "$build/fixtures") if !-x $esbuild;
	skip 'there is no esbuild', 2 if !-x $esbuild;
	mkdir "$dir/m";
	write_file("$dir/m/f$_.js", "export const v$_ = $_; export function f$_(a) { return a + v$_; }\n") for 1 .. 1500;
	write_file("$dir/m/index.js", join('', map { "import {f$_} from './f$_.js';\n" } 1 .. 1500) . 'console.log(' . join('+', map { "f$_(1)" } 1 .. 1500) . ")\n");
	my $r = prof(['-o', "$dir/go.folded", $esbuild, '--bundle', "$dir/m/index.js", "--outfile=$dir/m.js", '--log-level=error']);
	my ($self, $all) = self(slurp("$dir/go.folded"));
	ok(outcome($r) eq '0' && $all > 50 && ($self->{'[esbuild]'} // 0) < $all / 100, "a Go program without symbols: its functions have names, $all samples") or describe($r);
	like(slurp("$dir/go.folded"), qr{^[^ ]*main\.main[^ ]*;github\.com/evanw/esbuild/|github\.com/evanw/esbuild/internal/bundler\.parseFile}m, 'and are those of its packages');
}
write_file("$dir/burn.s", "\tmov\t\$3000.,r1\n1:\tclr\tr0\n2:\tsob\tr0,2b\n\tsob\tr1,1b\n\tclr\tr0\n\tsys\texit\n");
$r = run(cmd => ["$tests/tools/pdp11-as", '-o', "$dir/burn", "$dir/burn.s"]);
is($r->{err}, '', 'a PDP-11 program is assembled');
chmod 0755, "$dir/burn";
$r = prof(["$dir/burn"], env => { FBIRD_PDP11 => 'interp' });
ok(outcome($r) eq '0' && $r->{err} !~ /interpreter/ && $r->{err} =~ /^ *(?:9\d|100)\.\d\d .*  \[?burn\]?$/m, 'of which the profile is, though it has no names') or describe($r);
$r = prof(['-P', 'v7', '--runtime', "$dir/burn"], env => { FBIRD_PDP11 => 'interp' });
ok($r->{err} =~ /^ *\d+\.\d\d +\d+\.\d\d +\d+\.\d+  run  \(\[fbird\]\)$/m && $r->{err} =~ /the profile is of the interpreter/ && $r->{err} !~ /--runtime/,
	'--runtime has the interpreter\'s functions instead, and says so') or describe($r);
$r = prof(['-o', "$dir/burn.folded", '/bin/sh', '-c', "exec $fbird_run $dir/burn"], env => { FBIRD_PDP11 => 'interp' });
ok(outcome($r) eq '0' && $r->{err} =~ /\Afbird: [^\n]*the profile is of the interpreter[^\n]*\n\z/, 'so it is where nobody knew before; of other formats that is said beside them') or describe($r);
# Functions as its C compiler makes them, and calls.
my $csv = <<'S';
csv:	mov	r5,r0
	mov	sp,r5
	mov	r4,-(sp)
	mov	r3,-(sp)
	mov	r2,-(sp)
	tst	-(sp)
	jmp	(r0)
cret:	mov	r5,r1
	mov	-(r1),r4
	mov	-(r1),r3
	mov	-(r1),r2
	mov	r5,sp
	mov	(sp)+,r5
	rts	pc
	.data
hello:	<hello\n>
S
my $burns = join '', map { "_$_->[0]: jsr\tr5,csv\n\tmov\t\$$_->[1].,r2\n1:\tmov\t\$LOOPS.,r0\n2:\tsob\tr0,2b\n\tsob\tr2,1b\n\tjmp\tcret\n" } ['sixty', 6], ['thirty', 3], ['ten', 1];
for (['interp', 8000, 3000], ['', 40000, 9000]) {
	my ($engine, $turns, $loops) = @$_;
	my $bodies = $burns =~ s/LOOPS/$loops/gr;
	write_file("$dir/hot.s", "\t.text\n\t.globl\t_turns, _sixty, _thirty, _ten, _say\nstart:\tjsr\tpc,_turns\n\tclr\tr0\n\tsys\texit\n"
		. "_turns:\tjsr\tr5,csv\n\tmov\t\$$turns.,r4\n1:\tjsr\tpc,_sixty\n\tjsr\tpc,_thirty\n\tjsr\tpc,_ten\n\tsob\tr4,1b\n\tjsr\tpc,_say\n\tjmp\tcret\n"
		. "_say:\tjsr\tr5,csv\n\tmov\t\$1,r0\n\tsys\twrite; hello; 6\n\tjmp\tcret\n$bodies$csv");
	my $as = run(cmd => ["$tests/tools/pdp11-as", '-s', '-u', 'v7', '-o', "$dir/hot", "$dir/hot.s"]);
	is($as->{err}, '', 'a PDP-11 program with functions is assembled');
	chmod 0755, "$dir/hot";
	my ($r, $calls, @name, %by, %stack, $all);
	my @parts = (['sixty', 60], ['thirty', 30], ['ten', 10]);
	my $off = sub { abs(100 * ($by{ $_[0] } // 0) / ($all || 1) - $_[1]) };
	# The host looks at this clock with its ticks: samples are few, and come together.
	for (1 .. 3) {
		$r = prof(['-P', 'v7', '--mode', 'cpu,syscall', '-o', "$dir/hot.json", "$dir/hot"], env => { FBIRD_PDP11 => $engine });
		my $j = eval { decode_json(slurp("$dir/hot.json")) } // {};
		@name = map { $_->{name} } @{ $j->{shared}{frames} };
		(my $cpu, $calls) = @{ $j->{profiles} };
		(%by, %stack) = ();
		$all = 0;
		for my $i (0 .. $#{ $cpu->{samples} }) {
			$by{ $name[ $cpu->{samples}[$i][-1] ] } += $cpu->{weights}[$i];
			$stack{ join ';', map { $name[$_] } @{ $cpu->{samples}[$i] } } += $cpu->{weights}[$i];
			$all += $cpu->{weights}[$i];
		}
		last if !grep { $off->(@$_) >= 4 } @parts;
	}
	my $what = $engine || 'translated';
	ok(outcome($r) eq '0' && $r->{out} eq "hello\n" && $r->{err} eq '' && ($all // 0) > 2e8, sprintf("$what: a profile of the program: %.3f s", ($all // 0) / 1e9)) or describe($r);
	ok($off->(@$_) < 4, sprintf('%s: %s has %.1f %%', $what, $_->[0], 100 * ($by{ $_->[0] } // 0) / ($all || 1))) for @parts;
	ok(($stack{'start;turns;sixty'} // 0) > $all / 2, 'with the stack, by r5') or diag(explain(\%stack));
	is(join(' ', map { join ';', map { $name[$_] } @$_ } @{ $calls->{samples} // [] }), 'start;turns;say;write', 'and its calls by stack');
}
$r = prof(['-o', "$dir/sh.folded", '/bin/sh', '-c', "$build/twin/hot_spots.linux 3000; $build/twin/hot_spots.linux 3000; exit 4"]);
my ($self, $all) = self(slurp("$dir/sh.folded"));
ok(outcome($r) eq '4' && $r->{out} eq "burnt\nburnt\n" && ($self->{burn_sixty} // 0) > 100, 'children are sampled, too') or describe($r);
$r = prof(['-o', "$dir/kill.folded", '/bin/sh', '-c', 'kill -TERM $$']);
is(outcome($r), 'SIG15', 'it ends by the same signal');
# C++ and Rust names, from a symbol table.
SKIP: {
	write_file("$dir/names.c", "volatile unsigned long sink;\n"
		. "#define BURN(f, symbol) void f(void) __asm__(symbol); void f(void) { for (unsigned long i = 0; i < 100000000; i++) sink += i; }\n"
		. "BURN(a, \"_ZN3app5Thing4loopEi\")\nBURN(b, \"_ZN4core3vec12Vec\$LT\$T\$GT\$4push17h0123456789abcdefE\")\nint main(void) { a(); b(); return 0; }\n");
	system('gcc', '-O1', '-fno-omit-frame-pointer', '-o', "$dir/names", "$dir/names.c") == 0 or skip 'gcc cannot', 1;
	my $r = prof(['-o', "$dir/names.folded", "$dir/names"]);
	my $text = slurp("$dir/names.folded");
	skip 'there is no C++ runtime library', 1 if !glob('/usr/lib*/*/libstdc++.so.6 /usr/lib*/libstdc++.so.6 /lib/*/libstdc++.so.6');
	ok($text =~ /app::Thing::loop\(int\) \d+$/m && $text =~ /core::vec::Vec<T>::push \d+$/m, 'names of C++ and Rust') or diag($text);
}
# A function nobody exported, between others that were: not theirs.
write_file("$dir/quiet.c", "volatile unsigned long sink;\n__attribute__((noinline)) static void quiet(void) { for (unsigned long i = 0; i < 100000000; i++) sink += i; }\n"
	. "int main(void) { quiet(); return 0; }\n");
system('gcc', '-O1', '-fno-omit-frame-pointer', '-rdynamic', '-s', '-o', "$dir/quiet", "$dir/quiet.c") == 0 or die;
prof(['-o', "$dir/quiet.folded", "$dir/quiet"]);
($self, $all) = self(slurp("$dir/quiet.folded"));
ok($all > 20 && ($self->{'[quiet]'} // 0) > 0.9 * $all, 'a function whose name was taken away has no other\'s') or diag(slurp("$dir/quiet.folded"));
# Hundreds of processes, one after the other.
$r = prof(['-F', '19997', '-o', "$dir/many.folded", '/bin/sh', '-c', 'i=0; while [ $i -lt 300 ]; do /bin/true; i=$((i+1)); done; exit 3']);
($self, $all) = self(slurp("$dir/many.folded"));
ok(outcome($r) eq '3' && $all > 20 && ($self->{'[unknown]'} // 0) < $all / 20, "many processes: $all samples") or describe($r);

# ---- calls ----------------------------------------------------------------------------------
$r = prof(['--mode', 'syscall', "$build/twin/traced.freebsd"]);
ok(outcome($r) eq '5' && $r->{err} =~ /time in calls of the system, by the clock/ && $r->{err} =~ /^ *\d+\.\d\d .* 3 +1  read \(freebsd\)$/m
	&& $r->{err} =~ /nanosleep \(freebsd\)$/m, '--mode syscall: the calls') or describe($r);
ok($r->{err} =~ /^ *\d+\.\d\d% nanosleep\n +sys6\n +nanosleep\n +main\n +start_at\n +_start$/m && $r->{err} !~ /samples/, 'and who made them, without samples') or describe($r);
# Of all that a name is in, how much; in hundredths.
sub within {
	my ($folded, $name) = @_;
	my ($in, $all) = (0, 0);
	for (split /\n/, $folded) {
		my ($stack, $n) = /^(.+) (\d+)$/ or return -1;
		$all += $n;
		$in += $n if grep { $_ eq $name } split /;/, $stack;
	}
	return $all ? 100 * $in / $all : -1;
}
for (['freebsd', '_umtx_op'], ['linux', 'futex'], ['illumos', 'lwp_park']) {
	my ($system, $call) = @$_;
	my @parts = (['wait_sixty', 60], ['wait_thirty', 30], ['wait_ten', 10]);
	my ($r, $folded);
	# On a machine that is busy who has slept enough may sleep on: once of three times it does not.
	for (1 .. 3) {
		$r = prof(['--mode', 'lock', '-o', "$dir/lock.folded", "$build/twin/hot_waits.$system", '10']);
		$folded = slurp("$dir/lock.folded") // '';
		last if !grep { abs(within($folded, $_->[0]) - $_->[1]) > 2 } @parts;
	}
	ok(outcome($r) eq '3' && $r->{out} eq "waited\n", "$system: --mode lock changes nothing") or describe($r);
	ok($folded =~ /^(?:_start;)?start_at;main;wait_sixty;wait_for;sys6;$call \d+$/m, "$system: a wait has its stack") or diag($folded);
	for (@parts) {
		my $got = within($folded, $_->[0]);
		ok(abs($got - $_->[1]) <= 2, sprintf('%s: %s waited %.1f %% of the time', $system, $_->[0], $got)) or diag($folded);
	}
	# Page faults: each page that was touched, and nothing of the program's but that.
	prof(['--mode', 'memory', '-o', "$dir/memory.json", "$build/twin/hot_waits.$system", '1']);
	my $memory = decode_json(slurp("$dir/memory.json"));
	my ($bytes, $faults) = @{ $memory->{profiles} };
	my %faults;
	for my $i (0 .. $#{ $faults->{samples} }) {
		$faults{ $memory->{shared}{frames}[$_]{name} } += $faults->{weights}[$i] for $faults->{samples}[$i][-1];
	}
	is(join(' ', map { $_ // 'none' } @faults{ 'map_sixty', 'map_thirty', 'map_ten' }), '600 300 100', "$system: page faults by function");
	ok($bytes->{unit} eq 'bytes' && $bytes->{endValue} == 1000 * 4096, "$system: and bytes mapped: $bytes->{endValue}");
}
prof(['--mode', 'memory', '-o', "$dir/memory.folded", "$build/twin/hot_waits.freebsd", '1']);
my $memory = slurp("$dir/memory.folded");
like($memory, qr/^_start;start_at;main;map_sixty;mmap;sys6;mmap 2457600\n_start;start_at;main;map_thirty;mmap;sys6;mmap 1228800\n/m, 'who mapped');
$r = prof(['--mode', 'lock', "$build/twin/hot_waits.freebsd", '2']);
ok($r->{err} =~ /^6 waits, time waited 0\.2\d\d s by the clock on the wall/m && $r->{err} =~ /^ *(?:5[89]|6[012])\.\d\d% _umtx_op\n +sys6\n +wait_for\n +wait_sixty$/m, 'a report of waits') or describe($r);
# Memory that break made larger, and a wait that the end of its process cut short.
write_file("$dir/break.c", <<'C');
#include <linux/futex.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>
static int word;
static void *wait(void *unused) { syscall(SYS_futex, &word, FUTEX_WAIT, 0, 0); return unused; }
int main(void)
{
	pthread_t t;
	char *at = (char *)syscall(SYS_brk, 0);
	syscall(SYS_brk, at + 0x300000);
	pthread_create(&t, 0, wait, 0);
	usleep(300000);
	_exit(4);
}
C
system('gcc', '-O1', '-o', "$dir/break", "$dir/break.c", '-pthread') == 0 or die;
$r = prof(['--mode', 'lock,memory', '-P', 'linux', '-o', "$dir/break.json", "$dir/break"]);
my $break = decode_json(slurp("$dir/break.json"));
my %shown = map { $_->{name} => $_ } @{ $break->{profiles} };
my @names = map { $_->{name} } @{ $break->{shared}{frames} };
my %brk;
for my $i (0 .. $#{ $shown{'bytes mapped'}{samples} }) {
	$brk{ $names[ $shown{'bytes mapped'}{samples}[$i][-1] ] } += $shown{'bytes mapped'}{weights}[$i];
}
ok(outcome($r) eq '4' && $break->{profiles}[0]{name} eq 'time waited' && ($brk{brk} // 0) >= 0x300000 && $brk{brk} < 0x400000, 'memory that break made larger') or diag(explain(\%brk)), describe($r);
ok($shown{'time waited'}{endValue} > 2e8 && $shown{'time waited'}{endValue} < 2e9, "a wait until the end of its process: $shown{'time waited'}{endValue} ns");

# ---- threads, lines, and what was when ------------------------------------------------------
write_file("$dir/lines.c", <<'C');
#include <pthread.h>
static volatile unsigned long sink;
static inline __attribute__((always_inline)) void inner(unsigned long n) {
	for (unsigned long i = 0; i < n; i++) sink += i; /* 4 */
}
static inline __attribute__((always_inline)) void middle(unsigned long n) {
	inner(n); /* 7 */
}
__attribute__((noinline)) static void *outer(void *n) {
	middle((unsigned long)n); /* 10 */
	return 0;
}
int main(void) {
	pthread_t t;
	pthread_create(&t, 0, outer, (void *)60000000);
	pthread_join(t, 0);
	outer((void *)120000000); /* 17 */
	return 0;
}
C
for my $compiler ('gcc', 'clang') {
	system($compiler, '-g', '-O1', '-fno-omit-frame-pointer', '-o', "$dir/lines", "$dir/lines.c", '-pthread') == 0 or die;
	my $r = prof(['--lines', '-o', "$dir/lines.folded", "$dir/lines"]);
	my $folded = slurp("$dir/lines.folded") // '';
	like($folded, qr/^(?:.*main lines\.c:17|\[libc\.so\.6\]);outer lines\.c:10;middle lines\.c:7;inner lines\.c:4 \d+$/m, "$compiler: --lines: lines, and functions inside others") or describe($r);
}
prof(['--lines', '-o', "$dir/lines.pb.gz", "$dir/lines"]);
SKIP: {
	skip 'there is no go', 1 if !grep { -x "$_/go" } split /:/, $ENV{PATH};
	my $r = run(cmd => ['go', 'tool', 'pprof', '-lines', '-top', "$dir/lines.pb.gz"], limit => 120, env => { HOME => $dir, GOFLAGS => '-mod=mod' });
	like($r->{out}, qr{% +inner \S*lines\.c:4$}m, 'go tool pprof has them') or describe($r);
}
prof(['--threads', '-o', "$dir/threads.folded", "$dir/lines"]);
my %threads;
for (split /\n/, slurp("$dir/threads.folded")) {
	$threads{"$1 $2"} += $3 if /^(process \d+);(thread \d+ lines);.* (\d+)$/;
}
my ($most, $less) = sort { $b <=> $a } values %threads;
ok(keys %threads == 2 && abs($most / ($most + $less) - 2 / 3) < 0.2, '--threads: each by itself') or diag(explain(\%threads));
$r = prof(['--mode', 'cpu,lock', '-o', "$dir/lines.perfetto.json", "$dir/lines"]);
my $trace = eval { decode_json(slurp("$dir/lines.perfetto.json")) } // {};
my (%named, %tracks, %wrong);
for my $e (@{ $trace->{traceEvents} }) {
	$named{ $e->{tid} } = $e->{args}{name} if $e->{ph} eq 'M' && $e->{name} eq 'thread_name';
	push @{ $tracks{ $e->{tid} } }, $e if $e->{ph} eq 'X';
	$wrong{phase}++ if $e->{ph} !~ /^[MX]$/;
	$wrong{field}++ if $e->{ph} eq 'X' && grep { ($e->{$_} // '') !~ /^\d+(?:\.\d+)?$/ } 'ts', 'dur', 'pid', 'tid';
}
# Slices of a track are in order and within one another, or apart.
my %slice;
for my $track (values %tracks) {
	my @open;
	my $last = 0;
	for my $e (@$track) {
		my ($begin, $end) = (1000 * $e->{ts}, 1000 * ($e->{ts} + $e->{dur}));
		pop @open while @open && $open[-1] <= $begin + 0.5;
		$wrong{order}++ if $begin < $last;
		$wrong{nesting}++ if @open && $end > $open[-1] + 0.5;
		push @open, $end;
		$last = $begin;
		$slice{ $named{ $e->{tid} } =~ /: (.*)/ ? $1 : 'unnamed' }{ $e->{name} } += $e->{dur} / 1e6;
	}
}
is(join(' ', %wrong), '', '--format perfetto: events as they are to be, and slices within one another') or describe($r);
ok($slice{'processor time'}{outer} > 0.05 && keys(%tracks) >= 3, sprintf('outer runs for %.3f s', $slice{'processor time'}{outer} // 0));
ok(($slice{'time waited'}{futex} // 0) > 0.02 && $slice{'time waited'}{futex} < $slice{'processor time'}{outer}, sprintf('and is waited for for %.3f s', $slice{'time waited'}{futex} // 0)) or diag(explain(\%slice));

# ---- stacks without frame pointers ----------------------------------------------------------
prof(['-o', "$dir/auto.folded", "$build/twin/hot_spots.linux", '4000']);
like(slurp("$dir/auto.folded"), qr/^_start;start_at;main;turns;burn_sixty \d+$/m, 'a program without frame pointers has its stacks by what the compiler wrote');
prof(['--stack', 'frames', '-o', "$dir/frames.folded", "$build/twin/hot_spots.linux", '4000']);
unlike(slurp("$dir/frames.folded"), qr/turns;burn_sixty \d+$/m, 'and not by frame pointers');
prof(['--mode', 'memory', '-o', "$dir/auto.folded", "$build/twin/hot_waits.linux", '1']);
like(slurp("$dir/auto.folded"), qr/^_start;start_at;main;map_sixty;mmap;sys6;mmap 2457600$/m, 'nor have its calls');
write_file("$dir/deep.c", <<'C');
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
static volatile unsigned long sink;
static int calls;
/* A frame of 1 KiB. */
__attribute__((noinline)) int deep(int n) {
	volatile char room[1000];
	for (int i = 0; i < 1000; i++) room[i] = (char)n;
	if (n > 0)
		return deep(n - 1) + room[n];
	for (unsigned long i = 0; i < 60000000; i++) sink += i;
	return calls + (int)write(1, "", 0);
}
static void handler(int sig) { for (unsigned long i = 0; i < 60000000; i++) sink += (unsigned)sig; }
__attribute__((noinline)) void interrupted(void) { kill(getpid(), SIGUSR1); sink++; }
/* By a library that has no frame pointers either. */
static int compare(const void *a, const void *b) { for (unsigned long i = 0; i < 30000000; i++) sink += i; return *(const int *)a - *(const int *)b; }
int main(void) {
	int v[2] = {2, 1};
	signal(SIGUSR1, handler);
	deep(4);
	interrupted();
	qsort(v, 2, sizeof *v, compare);
	return v[0];
}
C
for my $compiler ('gcc', 'clang') {
	system($compiler, '-O2', '-fomit-frame-pointer', '-fno-optimize-sibling-calls', '-o', "$dir/deep", "$dir/deep.c") == 0 or die;
	my $r = prof(['-o', "$dir/deep.folded", "$dir/deep"]);
	my $folded = slurp("$dir/deep.folded") // '';
	like($folded, qr/^.*;main;deep;deep;deep;deep;deep \d\d+$/m, "$compiler: recursion, by .eh_frame") or describe($r);
	like($folded, qr/^.*;main;interrupted;kill;(?:\[libc\.so\.6\]|__restore_rt);handler \d\d+$/m, 'through a signal handler') or diag($folded);
	like($folded, qr/^.*;main;(?:qsort[^;]*;|\[libc\.so\.6\];)+compare \d+$/m, 'and through a library');
}
prof(['--mode', 'syscall', '-P', 'linux', '-o', "$dir/deep.folded", "$dir/deep"]);
my $calls_of = slurp("$dir/deep.folded");
like($calls_of, qr/^.*;main;deep;deep;deep;deep;deep;__write;write \d+$/m, 'a call, out of the same depth');
like($calls_of, qr/^.*;main;interrupted;kill;(?:\[libc\.so\.6\]|__restore_rt);rt_sigreturn \d+$/m, 'and on the way back from a handler') or diag($calls_of);
prof(['--stack', 'dwarf,2048', '-o', "$dir/deep.folded", "$dir/deep"]);
like(slurp("$dir/deep.folded"), qr/^deep;deep(?:;deep)? \d\d+$/m, 'what is not in the copy of the stack is not shown');
write_file("$dir/script", "#! $dir/deep\n");
chmod 0755, "$dir/script";
prof(['-o', "$dir/deep.folded", "$dir/script"]);
like(slurp("$dir/deep.folded"), qr/^.*;main;deep;deep;deep;deep;deep \d+$/m, 'of a script it is its interpreter that decides');
# A program that points its registers anywhere.
write_file("$dir/wild.c", <<'C');
int main(void) {
	for (unsigned long i = 0; i < 40000000; i++)
		__asm__ volatile("mov %%rsp, %%rdx\n\tmov %%rbp, %%rcx\n\tmov %0, %%rsp\n\tmov %0, %%rbp\n\tmov %%rdx, %%rsp\n\tmov %%rcx, %%rbp" : : "r"(i * 0x123456789) : "rdx", "rcx", "memory");
	return 9;
}
C
system('gcc', '-O2', '-fomit-frame-pointer', '-o', "$dir/wild", "$dir/wild.c") == 0 or die;
for my $stack ('dwarf', 'frames') {
	my $r = prof(['-F', '5000', '--stack', $stack, '-o', "$dir/wild.folded", "$dir/wild"]);
	my ($self, $all) = self(slurp("$dir/wild.folded") // '');
	ok(outcome($r) eq '9' && $all > 20 && ($self->{main} // 0) > $all / 2, "--stack $stack: registers that point anywhere") or describe($r);
}

# A program that writes into what it tells of its calls.
system('gcc', '-O1', '-o', "$dir/scribble", "$tests/trace/scribble.c") == 0 or die;
for my $seed (1 .. 12) {
	my $to = "$dir/nonsense$seed." . ('html', 'perfetto.json')[ $seed % 2 ];
	my $r = prof(['--mode', $seed % 3 ? 'syscall,lock,memory' : 'cpu,syscall', '-P', 'linux', '-o', $to, "$dir/scribble", $seed]);
	# What it wrote may hit what its own thread needs; what must not be is that there is no profile.
	ok(outcome($r) =~ /^(?:4|SIG11|SIG7|126)$/ && (slurp($to) // '') =~ /[}>]\n\z/, "nonsense in the rings, $seed: " . outcome($r)) or describe($r);
}

# ---- the processor's counters ---------------------------------------------------------------
for my $mode ('cache', 'branch') {
	my $r = prof(['--mode', $mode, '-o', "$dir/$mode.json", @burn]);
	SKIP: {
		skip "there are counters for $mode here", 1 if outcome($r) eq '7';
		ok(outcome($r) eq '1' && $r->{out} eq '' && $r->{err} =~ /\Afbird: cannot count (?:references of the cache|branches): this machine does not show its processor's counters [^\n]+\n\z/,
			"--mode $mode without counters: a sentence, and nothing is run") or describe($r);
	}
	SKIP: {
		skip "there are no counters for $mode here", 1 if outcome($r) ne '7';
		is(slurp("$dir/$mode.json") =~ /"weights":\[\d/, 1, "--mode $mode");
	}
}
# Counters that stand in for those: the clock, as an event of the processor's.
write_file("$dir/counters.c", <<'C');
#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/perf_event.h>
#include <sys/syscall.h>
long syscall(long n, long a, long b, long c, long d, long e, long f)
{
	static long (*real)(long, long, long, long, long, long, long);
	struct perf_event_attr *attr = (struct perf_event_attr *)a;
	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "syscall");
	if (n == SYS_perf_event_open && attr->type == PERF_TYPE_HARDWARE && attr->freq) {
		attr->type = PERF_TYPE_SOFTWARE;
		attr->sample_period = attr->config == PERF_COUNT_HW_CACHE_MISSES || attr->config == PERF_COUNT_HW_BRANCH_MISSES ? 2000000 : 500000;
		attr->config = PERF_COUNT_SW_CPU_CLOCK;
		attr->freq = 0;
	}
	return real(n, a, b, c, d, e, f);
}
C
system('gcc', '-O1', '-shared', '-fPIC', '-o', "$dir/counters.so", "$dir/counters.c") == 0 or die;
$r = prof(['--mode', 'branch,cache', '-o', "$dir/counters.json", "$build/twin/hot_spots.freebsd", '20000'], env => { LD_PRELOAD => "$dir/counters.so" });
my $counted = decode_json(slurp("$dir/counters.json") // '{}');
is(join(', ', map { $_->{name} } @{ $counted->{profiles} }), 'branches foretold wrongly, branches, misses of the cache, references of the cache', 'with counters: the mode that was named first is shown first') or describe($r);
for my $shown (@{ $counted->{profiles} }) {
	my %by;
	$by{ $counted->{shared}{frames}[ $shown->{samples}[$_][-1] ]{name} } += $shown->{weights}[$_] for 0 .. $#{ $shown->{weights} };
	ok($shown->{endValue} > 5e8 && abs($by{burn_sixty} / $shown->{endValue} - 0.6) < 0.1, sprintf('%s: %d, and %.1f %% of them in burn_sixty', $shown->{name}, $shown->{endValue}, 100 * $by{burn_sixty} / $shown->{endValue}));
}

# ---- comparing ------------------------------------------------------------------------------
write_file("$dir/a.folded", "main;f;g 60\nmain;f 20\nmain;h 20\n");
write_file("$dir/b.folded", "main;f;g 20\nmain;f 20\nmain;h 160\n");
$r = prof(['diff', "$dir/a.folded", "$dir/b.folded"]);
ok(outcome($r) eq '0' && $r->{out} =~ /100 before, 200 after \(\+100\.0%\)/ && $r->{out} =~ /^ +20\.00 +80\.00 \+60\.00 .* h$/m
	&& $r->{out} =~ /^ +60\.00 +10\.00 -50\.00 .* g$/m && $r->{out} =~ /^ +20\.00 +10\.00 -10\.00 +80\.00 +20\.00 -60\.00  f$/m && $r->{out} !~ / main$/m, 'diff of folded stacks') or diag($r->{out}), describe($r);
$r = prof(['diff', "$dir/freebsd.folded", "$dir/o.pb.gz"]);
ok(outcome($r) eq '0' && $r->{out} =~ /burn_/, 'diff of folded stacks and pprof\'s');
for (["$dir/none", qr/cannot open .*none: No such file/], [fbird(), qr/is neither a profile of pprof's nor folded stacks/],
	["$tests/tap/prof.t", qr/is neither/], ['/dev/null', qr/has no samples/], [$dir, qr/cannot (?:open|read)/]) {
	my $r = prof(['diff', "$dir/a.folded", $_->[0]]);
	ok(outcome($r) eq '1' && $r->{err} =~ /\Afbird: [^\n]+\n\z/ && $r->{err} =~ $_->[1], "diff: $_->[0] is refused in a sentence") or describe($r);
}
# Broken in a hundred places it is refused or read, and nothing else.
my $message;
IO::Uncompress::Gunzip::gunzip("$dir/o.pb.gz" => \$message);
my ($broken, %ends) = (0);
srand 4711;
for (1 .. 100) {
	my $bad = $message;
	substr($bad, int rand length $bad, 1) = chr int rand 256 for 1 .. 1 + int rand 8;
	$bad = substr($bad, 0, int rand length $bad) if $_ % 5 == 0;
	write_file("$dir/bad.pb", $bad);
	$ends{ outcome(prof(['diff', "$dir/a.folded", "$dir/bad.pb"])) }++;
}
is(join(' ', sort keys %ends), '0 1', 'a broken message is refused, or read as far as it makes sense');

# ---- what goes wrong ------------------------------------------------------------------------
$r = prof(['-o', "$dir/no/such", @burn]);
ok(outcome($r) eq '1' && $r->{out} eq '' && $r->{err} =~ m{\Afbird: cannot open .*/no/such: No such file[^\n]*\n\z}, 'an output that cannot be made: nothing is run') or describe($r);
$r = prof(['-o', '/dev/full', '--format', 'html', '/bin/sh', '-c', 'echo on; exit 0']);
ok(outcome($r) eq '1' && $r->{out} eq "on\n" && $r->{err} =~ /\Afbird: cannot write the profile to \/dev\/full: No space left on device\n\z/, 'a full disk: said, and a failure') or describe($r);
$r = prof(['-o', '/dev/full', '--format', 'html', '/bin/sh', '-c', 'exit 6']);
is(outcome($r), '6', 'but the program\'s own comes first');
$r = prof(['/nowhere/program']);
ok(outcome($r) eq '127' && $r->{err} =~ /cannot find the program/, 'a program that is not there') or describe($r);
for (['--format', 'xml'], ['-F', '0'], ['-F', 'many'], ['--mode', 'memories'], ['--mode', 'cpu,'], ['--format', 'pprof'], ['--stack', 'none'], ['--stack', 'dwarf,7'], ['--stack', 'dwarf,1000000'], ['--stack', 'dwarf,x'], [], ['--nosuch'], ['diff'], ['diff', 'a']) {
	my $r = prof([@$_, @$_ && $_->[0] ne 'diff' ? '/bin/true' : ()]);
	ok(outcome($r) eq '2' && $r->{err} =~ /\Afbird: [^\n]+\n\z/, "'@$_' is refused in a sentence") or describe($r);
}
# A filter, as a container has one, that refuses perf_event_open with the errors hosts give.
write_file("$dir/refuse.c", <<'C');
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(int argc, char **argv)
{
	struct sock_filter code[] = {
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_perf_event_open, 0, 1),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | atoi(argv[1])),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {4, code};
	if (argc < 3 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
		return 99;
	execv(argv[2], argv + 2);
	return 98;
}
C
system('gcc', '-o', "$dir/refuse", "$dir/refuse.c") == 0 or die;
for ([13, qr/refused \(Permission denied\).*kernel\.perf_event_paranoid is/], [1, qr/refused \(Operation not permitted\)/], [38, qr/has no perf_event_open/]) {
	my ($error, $says) = @$_;
	my $r = run(cmd => ["$dir/refuse", $error, fbird(), 'prof', '--mode', 'cpu,memory', '/bin/echo', 'ran'], dir => $dir);
	ok(outcome($r) eq '1' && $r->{out} eq '' && $r->{err} =~ /\Afbird: cannot sample: [^\n]+\n\z/ && $r->{err} =~ $says, "refused with $error: a sentence, and nothing is run") or describe($r);
}
# Without page faults the program's threads say where they are, and nobody else notices.
for my $system ('freebsd', 'linux', 'illumos') {
	my ($r, $self, $all);
	my $off = sub { abs(100 * ($self->{$_[0]} // 0) / ($all || 1) - $_[1]) };
	my @parts = (['burn_sixty', 60], ['burn_thirty', 30], ['burn_ten', 10]);
	# The host looks at this clock with its ticks: samples are few, and come together.
	for (1 .. 3) {
		$r = run(cmd => ["$dir/refuse", 1, fbird(), 'prof', '-o', "$dir/self.folded", "$build/twin/hot_spots.$system", '30000'], limit => 60);
		($self, $all) = self(slurp("$dir/self.folded") // '');
		last if !grep { $off->(@$_) >= 4 } @parts;
	}
	ok(outcome($r) eq '7' && $r->{out} eq "burnt\n" && $r->{err} =~ /\Afbird: The host lets nobody sample \(perf_event_open\)[^\n]+\n\z/ && $all > 400, "$system: where it is refused its threads say where they are, $all samples") or describe($r);
	ok($off->(@$_) < 4, sprintf('%s: %s has %.1f %%', $system, $_->[0], 100 * ($self->{ $_->[0] } // 0) / ($all || 1))) for @parts;
	like(slurp("$dir/self.folded"), qr/^_start;start_at;main;turns;burn_sixty \d+$/m, 'with the stack');
}
$r = run(cmd => ["$dir/refuse", 1, fbird(), 'prof', '--mode', 'cpu,syscall', "$build/twin/hot_spots.freebsd", '3000'], limit => 60);
ok(outcome($r) eq '7' && $r->{err} =~ /^The host lets nobody sample/m && $r->{err} =~ /write \(freebsd\)/ && $r->{err} =~ /burn_sixty/, 'its calls, too') or describe($r);
# The signal it takes is the guest's as well: what that says of it holds, and nobody gets ours.
write_file("$dir/last.c", <<'C');
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static volatile int got, code; static volatile unsigned long sink;
static void h(int s, siginfo_t *i, void *c) { got++; code = i->si_code; }
static void *burn(void *n) { for (unsigned long i = 0; i < 300000000; i++) sink += i; return n; }
int main(void) {
	struct sigaction a = {.sa_sigaction = h, .sa_flags = SA_SIGINFO}; sigset_t s, old; struct timespec t = {0, 1000000};
	burn(0);
	printf("none of it: %d\n", got);
	sigaction(SIGRTMAX, &a, 0);
	burn(0);
	printf("still none: %d\n", got);
	raise(SIGRTMAX);
	printf("one: %d %d\n", got, code == SI_TKILL);
	sigemptyset(&s); sigaddset(&s, SIGRTMAX); sigprocmask(SIG_BLOCK, &s, &old);
	raise(SIGRTMAX); burn(0);
	printf("blocked: %d\n", got);
	{ siginfo_t i; int r = sigtimedwait(&s, &i, &t); printf("waited for: %d %d\n", r == SIGRTMAX, got); }
	sigprocmask(SIG_SETMASK, &old, 0);
	signal(SIGRTMAX, SIG_IGN); raise(SIGRTMAX); burn(0);
	printf("ignored: %d\n", got);
	timer_t id; struct sigevent ev = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMAX}; struct itimerspec it = {{0,0},{0,5000000}};
	sigaction(SIGRTMAX, &a, 0);
	timer_create(CLOCK_MONOTONIC, &ev, &id); timer_settime(id, 0, &it, 0);
	burn(0);
	printf("its own timer: %d %d\n", got, code == SI_TIMER);
	pthread_t p[3]; for (int i = 0; i < 3; i++) pthread_create(&p[i], 0, burn, 0); for (int i = 0; i < 3; i++) pthread_join(p[i], 0);
	int st; if (fork() == 0) { burn(0); signal(SIGRTMAX, SIG_DFL); raise(SIGRTMAX); _exit(1); } wait(&st);
	printf("a child's: %d\n", WIFSIGNALED(st) && WTERMSIG(st) == SIGRTMAX);
	int fd[2]; char b; pipe(fd); if (fork() == 0) { burn(0); write(fd[1], "x", 1); _exit(0); } 
	printf("a read that waits: %d\n", (int)read(fd[0], &b, 1)); wait(&st);
	return 5; }
C
system('gcc', '-w', '-O1', '-o', "$dir/last", "$dir/last.c", '-pthread') == 0 or die;
my $by_itself = run(cmd => ["$dir/last"], limit => 60);
$r = run(cmd => ["$dir/refuse", 1, fbird(), 'prof', '-F', '5000', '--threads', '-o', "$dir/last.folded", "$dir/last"], limit => 60);
ok(outcome($r) eq outcome($by_itself) && $r->{out} eq $by_itself->{out} && $r->{out} =~ /its own timer: 2 1/, 'signal 64, blocked, ignored, caught, waited for, of a timer, in threads and children') or describe($r), diag($by_itself->{out});
my %who;
/^(process \d+);(thread \d+)/ and $who{"$1 $2"}++ for split /\n/, slurp("$dir/last.folded");
ok(keys %who >= 6, 'of all of which there are samples') or diag(explain(\%who));
SKIP: {
	my ($copy, @drop) = nobodys_fbird() or skip 'only root can become somebody else', 1;
	skip 'nobody may sample here', 1 if (slurp('/proc/sys/kernel/perf_event_paranoid') // 3) > 2;
	chmod 0755, $dir;
	system('cp', "$build/twin/hot_spots.freebsd", "$dir/hot") == 0 or die;
	my $r = run(cmd => [@drop, $copy, 'prof', "$dir/hot", '3000'], limit => 60);
	ok(outcome($r) eq '7' && $r->{err} =~ /burn_sixty/, 'it takes no rights of root\'s') or describe($r);
}
done_testing();

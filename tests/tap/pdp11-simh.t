#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Random instructions on the PDP-11's interpreter, on its translator, which takes all it can at the
# first visit, and on SIMH's 11/70, in user mode under memory management with separate spaces and
# pages that are not there or may not be written: registers, codes, the FP11 and memory must agree
# with SIMH's, and so must the trap that ended it.
#
#   PDP11_SEED        where the random numbers begin (1970; make soak takes new ones)
#   PDP11_SEQUENCES   how many sequences (20000)
#
# After an odd address, a page that is not there or an illegal instruction the registers are not
# compared: the machine leaves them half changed, and we put them back, which is checked. The
# translator's condition codes are not where cpu/pdp11/code.h says they may be older: behind an
# exception of the FP11, and where a program has overwritten what was translated.
# Left out, because SIMH is not the 11/70 there:
#   WAIT            SIMH waits; in user mode here it does nothing
#   CSM (0070xx)    SIMH 3.8 has it outside the kernel (`||` where later versions have `&&`), but by
#                   the handbook's table of models only the 11/44 and the J11 do
#   JSR SP          SIMH pushes SP already stepped, the 11/70's microcode what it was
#   traced RTI/RTT  SIMH traps by the T bit that was, the 11/70 by the one that is loaded
#   (the last two: w11's doc/simh_diff_jsr_sp.md and simh_diff_traced-rti-rtt.md)
#   RTI with PSW bit 11, which chooses the other registers: not in the interface
# tests/unit/pdp11.c has a test of each.
# Memory goes on from one sequence to the next on both sides.
use strict;
use warnings;
use File::Temp qw(tempdir);
use Test::More;

my $runner = ($ENV{B} // 'build') . '/tools/pdp11-run';
plan skip_all => 'SIMH\'s pdp11 is not here' unless grep { -x "$_/pdp11" } split /:/, $ENV{PATH};
BAIL_OUT("$runner is not built") unless -x $runner;

my $seed = $ENV{PDP11_SEED} // 1970;
my $sequences = $ENV{PDP11_SEQUENCES} // 20000;
my $batch = 1000;
my $steps = 9;
srand $seed;
diag("PDP11_SEED=$seed");
my $dir = tempdir(CLEANUP => 1);

sub one_of { return $_[rand @_] }
sub octal { return sprintf '%o', $_[0] }

# ---- what is run ------------------------------------------------------------------------------
my @edges = (0, 1, 2, 0177777, 0177776, 0100000, 077777, 0100001, 0377, 0200, 0177600, 020, 017,
	040, 037, 057, 060, 077);
sub scratch { return 0400 + 2 * int rand 0200 }
sub value {
	my $kind = rand;
	return $kind < .6 ? scratch() : $kind < .7 ? one_of(@edges) : $kind < .72 ? scratch() + 1
		: $kind < .8 ? 2 * int rand 0100000 : $kind < .87 ? int rand 64 : int rand 0200000;
}
sub spec { # a mode and register, and the word that goes with it
	my $spec = int rand 64;
	$spec = one_of(027, 037, 067, 077) if rand() < .1;
	my $mode = $spec >> 3;
	return ($spec) unless $mode >= 6 or $spec == 027 or $spec == 037;
	return ($spec, rand() < .6 ? scratch() : one_of(0, 010, 0177776, 0177766, 3, int rand 0200000));
}
sub double { my ($s, @s) = spec(); my ($d, @d) = spec(); return ($_[0] | $s << 6 | $d, @s, @d) }
sub single { my ($d, @d) = spec(); return ($_[0] | $d, @d) }
my @singles = (map({ (0005000 + $_ * 0100, 0105000 + $_ * 0100) } 0 .. 013), 0000300, 0006700);
sub instruction {
	my $kind = rand;
	return double(one_of(map { $_ << 12 } 1 .. 6, 9 .. 14)) if $kind < .45;
	return single(one_of(@singles)) if $kind < .65;
	return single(one_of(0070000, 0071000, 0072000, 0073000, 0074000) | int(rand 8) << 6)
		if $kind < .78;
	return (one_of(map { $_ << 8 } grep { $_ } 1 .. 7, 0200 .. 0207) + int rand 3) if $kind < .84;
	return single(one_of(0000100, 0004000 | one_of(0 .. 5, 7) << 6)) if $kind < .88;
	return single(one_of(0006500, 0006600, 0106500, 0106600)) if $kind < .92;
	return (one_of(0077000 | int rand 01000, 0000240 | int rand 040, 0000200 | int rand 8,
		0006400 | int rand 0100, 0000230, 5, 0104400, 4, 3, 0)) if $kind < .97;
	return one_of(7, 010, 0210, 0007200, 0075000, 0076000, 0106400, 0106700, 0107000,
		0170003, int(rand 060) | 020);
}
sub floating {
	my $kind = rand;
	return one_of(0170000, 0170001, 0170002, 0170011, 0170012, int(rand 0100) | 0170000)
		if $kind < .08;
	my ($op, $d, @d) = (0170100 + 0100 * int rand 074, spec());
	return ($op | $d, @d) if $kind < .5;
	return ($op | int rand 6);
}
# A number of the FP11's, often one whose exponents meet at an edge.
sub fraction { return one_of(0, 0xffffffff, 0x80000000, int(rand 0x10000) << 16, int rand 2**32) }
sub real {
	my $exp = one_of(0, 1, 2, 0377, 0376, 0200, 0201, map({ 0200 + int(rand 60) - 30 } 1 .. 6),
		int rand 256);
	my ($high, $low) = (fraction() & 0x7fffff, fraction());
	$high = $low = 0 if $exp == 0 and rand() < .8;
	my $sign = rand() < .4 && ($exp || rand() < .2) ? 1 : 0;
	return [$sign << 31 | $exp << 23 | $high, $low];
}

my (@lines, @commands, @tests, %simh);
my %at = (t => 0200000); # where the spaces are
sub poke {
	my ($space, $at, $word) = @_;
	push @lines, sprintf 'poke %s %o %o', $space, $at, $word;
	push @commands, sprintf 'd %o %o', $at{$space} + $at, $word;
}
sub sequence {
	my $fp = rand() < .4;
	my $pc = rand() < .05 ? 0177770 : 01000 + 2 * int rand 0100;
	my @code = map { $fp && rand() < .85 ? floating() : instruction() } 1 .. 1 + rand 3;
	my %s = (pc => $pc, psw => int rand 16,
		sp => rand() < .9 ? scratch() : value(), r => [map { value() } 0 .. 5],
		ac => [map { real() } 0 .. 5],
		fps => rand() < .3 ? int(rand 0200000) & 0147757 : int(rand 020) << 5 | 0200 * int rand 2,
		code => [@code]);
	if (rand() < .04) { # RTI and RTT; what they pop chooses neither mode nor the other registers
		unshift @code, one_of(2, 6);
		$s{sp} = scratch() & 0177774;
		poke('d', $s{sp}, ($pc + 2) & 0177777);
		poke('d', $s{sp} + 2, int(rand 0200000) & 0173377);
	}
	else { $s{psw} |= 020 if !$fp and rand() < .05 }
	push @code, 0104000 while @code < 8 or rand() < .2;
	poke('t', ($pc + 2 * $_) & 0177777, $code[$_]) for 0 .. $#code;
	if ($fp) { # numbers in memory
		my $at = scratch() & 0177770;
		my $n = real();
		poke('d', $at, $n->[0] >> 16), poke('d', $at + 2, $n->[0] & 0177777);
		poke('d', $at + 4, $n->[1] >> 16), poke('d', $at + 6, $n->[1] & 0177777);
		$s{r}[rand 6] = $at;
	}
	push @lines, join ' ', 'run', map({ octal $_ } $steps, @s{qw(psw fps pc sp)}, @{$s{r}}),
		map { sprintf '%08x%08x', @$_ } @{$s{ac}};
	push @commands, map({ sprintf 'd R%d %o', $_, $s{r}[$_] } 0 .. 5),
		map({ sprintf "d FAC%dH %o\nd FAC%dL %o", $_, $s{ac}[$_][0], $_, $s{ac}[$_][1] } 0 .. 5),
		sprintf("d USP %o\nd KSP 2000\nd FPS %o\nd FEC 0\nd FEA 0\nd MMR0 1\nd WAIT 0\nd 1770 0\nd PSW %o\nd PC %o",
		@s{qw(sp fps)}, $s{psw} | 0170000, $s{pc}),
		"step $steps", 'ex PC,R0-R5,USP,PSW,FAC0H-FAC5L,FPS,FEC,FEA', 'ex 1770-1776';
	$s{end} = [$#lines, $#commands];
	push @tests, \%s;
}

# Pages of 8 KiB: some of each space are not there, some may be read only. A batch has one of three
# kinds of memory: spaces apart, of which the text may be written; apart, with pure text, which is
# what the translator takes then; and one space, in which stores may hit instructions.
my ($batches, $kind, $end) = (0);
sub begin_batch {
	$kind = qw(writable pure shared)[$batches++ % 3];
	(@lines, @commands, @tests) = ();
	%simh = ();
	push @commands, 'set cpu 11/70', 'set cpu 256k', 'set cpu fpp', 'd 1000-1400 777';
	push @commands, sprintf("d %o %o\nd %o 340", $_, 01000 + $_, $_ + 2)
		for 4, 010, 014, 020, 030, 034, 0114, 0240, 0244, 0250;
	push @commands, 'd KIPAR0 0', 'd KIPDR0 77406';
	my %mask;
	for my $space ('I', 'D') {
		for my $page (0 .. 7) {
			my $access = $page == 0 ? 6 : one_of(0, 2, 6, 6, 6);
			$access = one_of(2, 6) if $space eq 'I' and $page == 7;
			$access = 2 if $kind eq 'pure' and $space eq 'I' and $access == 6;
			push @commands, sprintf 'd U%sPAR%d %o', $space, $page,
				($space eq 'I' ? 02000 : 04000) + 0200 * $page;
			push @commands, sprintf 'd U%sPDR%d %o', $space, $page, 077400 | $access;
			$mask{"${space}r"} |= ($access & 2 ? 3 : 0) << 2 * $page;
			$mask{"${space}w"} |= ($access == 6 ? 3 : 0) << 2 * $page;
		}
	}
	my $shared = $kind eq 'shared';
	($at{d}, $end) = $shared ? (0200000, 0377776) : (0400000, 0577776);
	push @lines, sprintf 'spaces %d', $shared ? 1 : 2;
	push @lines, join ' ', 'pages', map { octal $mask{$_} } $shared ? qw(Ir Iw Ir Iw) : qw(Ir Iw Dr Dw);
	push @lines, 'fill t 0 177776 104000', $shared ? () : 'fill d 0 177776 0';
	push @commands, sprintf('d MMR3 %d', !$shared), 'd 200000-377776 104000', 'd 400000-577776 0';
	poke('d', 0400 + 2 * $_, int rand 0200000) for 0 .. 0177;
}

# ---- both, and what they say ------------------------------------------------------------------
sub output_of {
	my ($command, $file, @input) = @_;
	open my $out, '>', "$dir/$file" or die $!;
	print $out map { "$_\n" } @input;
	close $out;
	return [`$command`];
}
# SIMH's ends of the first sequences of the batch, or of all of them, and memory behind the last.
sub simh {
	my ($count) = @_;
	my $command = $count ? $tests[$count - 1]{end}[1] : $#commands;
	my (%now, @ends, @memory);

	return @{ $simh{$count} } if $simh{$count};
	my $theirs = output_of("cd $dir && timeout 300 pdp11 commands </dev/null 2>&1", 'commands',
		@commands[0 .. $command], sprintf('ex 200000-%o', $end), 'exit');
	for (@$theirs) {
		/^(\w+):\s+([0-7]+)\s*$/ or next;
		my ($name, $number) = ($1, oct $2);
		if ($name =~ /^[0-7]{6,}$/ and oct $name >= 0200000) { push @memory, $number; next }
		$now{$name} = $number;
		if ($name eq '1776') { push @ends, {%now}; %now = () }
	}
	$simh{$count} = [\@ends, \@memory];
	return @{ $simh{$count} };
}

# An engine's ends, SIMH's, and what differs in memory.
sub run_batch {
	my ($engine, $count) = @_;
	my $line = $count ? $tests[$count - 1]{end}[0] : $#lines;
	my ($ends, $memory) = simh($count);
	my $ours = output_of("$runner $engine <$dir/lines", 'lines', @lines[0 .. $line], 'dump');
	my @mine = map { oct } @$ours[@$ends .. $#$ours];
	my @at = grep { $mine[$_] != ($memory->[$_] // -1) } 0 .. $#mine;
	return ($ours, $ends, map({ sprintf '%o: %o, SIMH %o', 2 * $_, $mine[$_], $memory->[$_] // 0 }
		@at[0 .. ($#at > 4 ? 4 : $#at)]));
}

sub differences {
	my ($ours, $simh) = @_;
	my @o = split ' ', $ours;
	my $vector = oct shift @o;
	my @wrong;
	push @wrong, 'registers are not put back' if $ours =~ /changed/;
	return @wrong if $vector == 0; # it had not ended; the next sequence begins anew on both sides
	my $user = ($simh->{PSW} & 0140000) == 0140000;
	# A second trap that waited for the first, as an FP11's with a fault, came on top of it.
	my $got = $user ? 0 : ($simh->{1770} || $simh->{PC}) - 01000;
	# SIMH traps for the T bit before it does for the FP11, the 11/70 after (as the J11, says w11's
	# doc/simh_diff_service-order.md); here one trap is told, and that is the FP11's.
	return @wrong if $vector == 0244 and $simh->{1770} == 01014;
	return (@wrong, sprintf 'vector %o, SIMH %o', $vector, $got) if $vector != $got;
	return (@wrong, $o[4] eq octal($simh->{1774}) ? () : sprintf 'PC %s, SIMH %o', $o[4], $simh->{1774})
		if $vector == 4 and $ours !~ /nowhere/;
	return @wrong if $vector == 4;
	return @wrong if $vector == 0250;
	my @names = qw(PSW FPS FEC FEA PC SP R0 R1 R2 R3 R4 R5);
	my %s = (%$simh, PSW => $simh->{1776} & 037, PC => $simh->{1774}, SP => $simh->{USP});
	$s{PC} = ($s{PC} - 2) & 0177777 if $vector == 010;
	my $older = $ours =~ /overwrote/ || $ours =~ / code/ && $vector == 0244;
	for (@names) {
		my $mine = oct shift @o;
		next if $older and $_ eq 'PSW';
		push @wrong, sprintf '%s %o, SIMH %o', $_, $mine, $s{$_} if $mine != $s{$_};
	}
	for (0 .. 5) {
		my $theirs = sprintf '%x%08x', $s{"FAC${_}H"}, $s{"FAC${_}L"};
		$theirs =~ s/^0+(?=.)//;
		my $mine = shift @o;
		push @wrong, "AC$_ $mine, SIMH $theirs" if $mine ne $theirs;
	}
	return @wrong;
}

sub describe {
	my ($t, $simh) = @_;
	return (map({ octal $_ } @{$t->{code}}),
		sprintf('before: psw %o fps %o pc %o sp %o r %s', @$t{qw(psw fps pc sp)},
		join ' ', map { octal $_ } @{$t->{r}}),
		'ac ' . join(' ', map { sprintf '%08x%08x', @$_ } @{$t->{ac}}),
		'SIMH ' . join ' ', map { sprintf '%s=%o', $_, $simh->{$_} } sort grep { !/FAC/ } keys %$simh);
}

my %engines = ('' => { name => 'interpreter' }, '-t' => { name => 'translator' });

# Compares the batch on one engine; false when something differs, which is in `bad` then.
sub compare_batch {
	my ($engine) = @_;
	my $e = $engines{$engine};
	my ($ours, $theirs, @memory) = run_batch($engine, 0);
	my $last = $#tests;

	if (@$theirs != $batch) {
		$e->{bad} = ['SIMH ran only ' . @$theirs . ' sequences of a batch'];
		return 0;
	}
	# Behind a sequence that is set apart the two may differ.
	my ($apart) = grep { $ours->[$_] =~ /apart/ } 0 .. $#tests;
	if (defined $apart) {
		@memory = $apart ? (run_batch($engine, $apart))[2 .. 6] : ();
		$last = $apart - 1;
	}
	@memory = grep { defined } @memory;
	my ($first) = grep { differences($ours->[$_], $theirs->[$_]) } 0 .. $last;
	for (@$ours[0 .. $last]) {
		$e->{vectors}{ (split ' ', $_)[0] }++;
		$e->{ended}++ if !/^0 / and $kind ne 'writable';
		$e->{code}++ if / code/ and $kind ne 'writable';
		$e->{overwrote}++ if / overwrote/;
	}
	$e->{compared} += $last + 1;
	return 1 if !@memory and !defined $first;

	# Which was the first that left another memory?
	my ($good, $wrong) = (0, defined $first ? $first + 1 : $last + 1);
	if ((run_batch($engine, $wrong))[2]) {
		while ($wrong - $good > 1) {
			my $middle = int(($wrong + $good) / 2);
			if ((run_batch($engine, $middle))[2]) { $wrong = $middle }
			else { $good = $middle }
		}
		$first = $wrong - 1;
		@memory = (run_batch($engine, $wrong))[2 .. 6];
	} else { @memory = () }
	$e->{bad} = [differences($ours->[$first], $theirs->[$first]), grep({ defined } @memory),
		'ours ' . $ours->[$first], describe($tests[$first], $theirs->[$first])];
	return 0;
}

while (grep { !$_->{bad} and ($_->{compared} // 0) < $sequences } values %engines) {
	begin_batch();
	sequence() for 1 .. $batch;
	for (sort keys %engines) {
		compare_batch($_) if !$engines{$_}{bad};
	}
}
for (map { $engines{$_} } sort keys %engines) {
	my %vectors = %{ $_->{vectors} // {} };

	ok(!$_->{bad}, "$_->{name}: $_->{compared} sequences end as on SIMH's 11/70")
		or diag("PDP11_SEED=$seed\n" . join "\n", @{ $_->{bad} });
	diag(join ', ', map { "$_: $vectors{$_}" } sort keys %vectors);
	for my $vector (qw(4 10 14 20 30 34 244 250)) {
		ok($vectors{$vector}, "$_->{name}: some of them ended in vector $vector");
	}
}
# What begins with an odd address, in a page that is not there, or traced has nothing to translate.
my $translator = $engines{'-t'};
diag(sprintf '%d of %d that ended had code where there can be any; %d overwrote it', map { $_ // 0 } @$translator{qw(code ended overwrote)});
ok(($translator->{code} // 0) > .75 * ($translator->{ended} // 0), 'the translator translated them');
done_testing();

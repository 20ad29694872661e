# SPDX-License-Identifier: BSD-2-Clause
#
# TestedCalls: which rows of a table of system calls no test program names.
#
# A test names a call by its SYS_ constant, whose number the headers of tests/guest or the
# program itself define, by FB_SYS_ of the native class, or as LINUX(n) and FREEBSD(n) of a
# program that names classes. To define the constant is not to use it.
package TestedCalls;
use strict;
use warnings;
use Exporter 'import';

our @EXPORT = qw(full_rows calls_used unused);

# number => name of the FULL rows of a table that the runtime serves itself: PASS rows are the host's.
sub full_rows {
	my ($table) = @_;
	return { $table =~ /^SYS\(\s*(\d+),\s*(\w+),\s*FULL,/mg };
}

sub defined_numbers {
	my ($text) = @_;
	return $text =~ /^[ \t]*#[ \t]*define[ \t]+((?:SYS|__NR)_\w+)[ \t]+(\d+)\b/mg;
}

# What a list of texts uses, as a set of numbers and names. headers: the text that defines the
# numbers for all of them; undef where constants go by name alone.
sub calls_used {
	my ($class, $headers, @sources) = @_;
	my %shared = defined_numbers($headers // '');
	my %used;
	for my $text (@sources) {
		$text =~ s{/\*.*?\*/}{}gs;
		$text =~ s{//.*}{}g;
		my %number = defined $headers ? (%shared, defined_numbers($text)) : ();
		$text =~ s/^[ \t]*#[ \t]*define[ \t]+(?:SYS|__NR)_\w+[ \t]+\S+$//mg;
		while ($text =~ /\b((?:SYS|__NR)_(\w+))/g) {
			$used{ defined $headers ? $number{$1} // '' : $2 } = 1;
		}
		$used{$1} = 1 while $text =~ /\bFB_SYS_(\w+)/g;
		$used{$1} = 1 while $text =~ /\b$class\((\d+)\)/gi;
	}
	return \%used;
}

# The names of rows that are not used, in the order of their numbers.
sub unused {
	my ($rows, $used) = @_;
	return map { $rows->{$_} } grep { !$used->{$_} && !$used->{ $rows->{$_} } }
		sort { $a <=> $b } keys %$rows;
}

1;

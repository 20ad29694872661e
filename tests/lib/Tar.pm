# SPDX-License-Identifier: BSD-2-Clause
#
# Tar: archives made entry by entry, so that they may hold what no tool would write.
package Tar;
use strict;
use warnings;
use Exporter 'import';

our @EXPORT = qw(tar entry);

# entry(NAME, key => value): one ustar entry. type: 0 file, 1 hard link, 2 symbolic link,
# 3 character device, 4 block device, 5 directory, 6 FIFO. Facts: tar(5).
sub entry {
	my ($name, %o) = @_;
	my $type = $o{type} // 0;
	my $data = $o{data} // '';
	my $h = pack('a100 a8 a8 a8 a12 a12 a8 a1 a100 a6 a2 a32 a32 a8 a8 a155 a12',
		$name, sprintf('%07o', $o{mode} // ($type == 5 ? 0755 : 0644)), sprintf('%07o', $o{uid} // 0),
		sprintf('%07o', $o{gid} // 0), sprintf('%011o', $o{size} // length $data),
		sprintf('%011o', $o{mtime} // 1_000_000_000), ' ' x 8, $type, $o{link} // '', "ustar\0", '00',
		'root', 'wheel', sprintf('%07o', 1), sprintf('%07o', 3), '', '');
	my $sum = 0;
	$sum += $_ for unpack('C*', $h);
	substr($h, 148, 8) = sprintf("%06o\0 ", $sum);
	return $h . $data . "\0" x (-length($data) % 512);
}

sub tar {
	my ($file, @entries) = @_;
	open(my $out, '>:raw', $file) or die "cannot write $file: $!";
	print $out @entries, "\0" x 1024;
	close $out;
}

1;

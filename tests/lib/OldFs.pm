# SPDX-License-Identifier: BSD-2-Clause
#
# OldFs: file systems of the PDP-11 UNIXes, made in memory, so that they may hold what no system
# would write, and dumps of them. kind: v1, v5, v6, v7, sysv, sysv2 (of 1 KiB), bsd29, bsd211. Facts: those of cli/import/oldfs.h, looked up
# for this once more: kernel of June 1972 (u5.s), filsys.h, ino.h and subr.c of the Sixth and the
# Seventh Edition, sys/ino.h of 2.9BSD, h/fs.h, h/inode.h and h/dir.h of 2.11BSD; for dumps those of cli/import/oldfs_dump.c.
package OldFs;
use strict;
use warnings;

my %layout = (
	#          block  inode root name  where numbers of blocks are kept
	v1     => { size => 512,  inode => 32, root => 41, name => 8,  table => 256, direct => 0 },
	v5     => { size => 512,  inode => 32, root => 1,  name => 14, table => 256, direct => 0 },
	v6     => { size => 512,  inode => 32, root => 1,  name => 14, table => 256, direct => 0 },
	v7     => { size => 512,  inode => 64, root => 2,  name => 14, table => 128, direct => 10 },
	sysv   => { size => 512,  inode => 64, root => 2,  name => 14, table => 128, direct => 10 },
	sysv2  => { size => 1024, inode => 64, root => 2,  name => 14, table => 256, direct => 10 },
	bsd29  => { size => 1024, inode => 64, root => 2,  name => 14, table => 256, direct => 4 },
	bsd211 => { size => 1024, inode => 64, root => 2,  name => 63, table => 256, direct => 4 },
);

# new(KIND, blocks => N, inodes => N)
sub new {
	my ($class, $kind, %o) = @_;
	my $l = $layout{$kind} or die "no file system is called $kind";
	my $self = bless { kind => $kind, l => $l, blocks => $o{blocks} // 400, inodes => $o{inodes} // 96, data => {}, inode => {}, path => {} }, $class;
	my $list = int(($self->{inodes} * $l->{inode} + $l->{size} - 1) / $l->{size});
	$self->{first} = $self->{next} = 2 + $list;
	$self->{next_inode} = $l->{root};
	$self->dir('');
	return $self;
}

sub me { return pack('vv', $_[0] >> 16 & 0xffff, $_[0] & 0xffff) } # a long, the high word first

# A block with that content; its number.
sub block {
	my ($self, $bytes) = @_;
	my $n = $self->{next}++;
	die 'the file system is full' if $n >= $self->{blocks};
	$self->{data}{$n} = $bytes;
	return $n;
}

sub table { # of numbers of blocks
	my ($self, @numbers) = @_;
	return $self->block(join('', map { $self->{l}{inode} == 32 ? pack('v', $_ // 0) : me($_ // 0) } @numbers));
}

# tables(LEVEL, BASE, {n => block}): a tree of tables for the blocks from BASE on, 0 for none
sub tables {
	my ($self, $level, $base, $map) = @_;
	my $reach = $self->{l}{table}**$level;
	my $part = $reach / $self->{l}{table};
	my @in = grep { $_ >= $base && $_ < $base + $reach } keys %$map or return 0;
	my @numbers = map { $level == 1 ? $map->{ $base + $_ } // 0 : 0 } 0 .. $self->{l}{table} - 1;
	if ($level > 1) {
		my %used = map { int(($_ - $base) / $part) => 1 } @in;
		$numbers[$_] = $self->tables($level - 1, $base + $_ * $part, $map) for sort { $a <=> $b } keys %used;
	}
	return $self->table(@numbers);
}

# The inode's addresses for {n => block}; it is a large file when that takes tables.
sub addresses {
	my ($self, $map) = @_;
	my $t = $self->{l}{table};
	my ($last) = sort { $b <=> $a } keys %$map;
	if ($self->{l}{inode} == 32) {
		return (0, map { $map->{$_} // 0 } 0 .. 7) if ($last // 0) < 8;
		my @a = map { $self->tables(1, $_ * $t, $map) } 0 .. ($self->{kind} eq 'v6' ? 6 : 7);
		return (1, @a) if $self->{kind} ne 'v6';
		# The eighth table's first entry is of the blocks from 7 * 256 on.
		my %rest = map { $_ - 7 * $t => $map->{$_} } grep { $_ >= 7 * $t } keys %$map;
		return (1, @a, $self->tables(2, 0, \%rest));
	}
	my $d = $self->{l}{direct};
	my @a = map { $map->{$_} // 0 } 0 .. $d - 1;
	my $base = $d;
	for my $level (1 .. 3) {
		push @a, $self->tables($level, $base, $map);
		$base += $t**$level;
	}
	return (0, @a);
}

sub parent {
	my ($path) = @_;
	return $path =~ m{\A(.*)/([^/]*)\z}s ? ($1, $2) : ('', $path);
}

# An inode and its name; what the kinds below have in common. Returns the inode, a hash.
sub node {
	my ($self, $path, $type, %o) = @_;
	my $n = $self->{next_inode}++;
	my ($folder, $name) = parent($path);
	my $ino = { n => $n, type => $type, mode => 0644, links => 1, uid => 0, gid => 0, size => 0, atime => 2**29, mtime => 2**29, addr => [], %o };
	$self->{inode}{$n} = $self->{path}{$path} = $ino;
	$self->entry($folder, $name, $n) if length $path;
	return $ino;
}

sub entry { # a name in a directory, of any number
	my ($self, $folder, $name, $n) = @_;
	push @{ $self->{path}{$folder}{entries} }, [$n, $name];
}

sub dir {
	my ($self, $path, %o) = @_;
	my $ino = $self->node($path, 'dir', mode => 0755, entries => [], %o);
	my ($folder) = parent($path);
	$self->entry($path, '.', $ino->{n});
	$self->entry($path, '..', length $path ? $self->{path}{$folder}{n} : $ino->{n});
	return $ino;
}

# file(PATH, TEXT, key => value): blocks that are all NUL become holes
sub file {
	my ($self, $path, $text, %o) = @_;
	return $self->node($path, $o{type} // 'file', size => length $text, $self->content($text), %o);
}

sub content {
	my ($self, $text) = @_;
	my ($size, %map) = ($self->{l}{size});
	for (my $n = 0; $n * $size < length $text; $n++) {
		my $part = substr($text, $n * $size, $size);
		$map{$n} = $self->block($part) if $part =~ /[^\0]/;
	}
	my ($large, @a) = $self->addresses(\%map);
	return (large => $large, addr => \@a, map => \%map);
}

sub hard_link {
	my ($self, $path, $to) = @_;
	my ($folder, $name) = parent($path);
	$self->{path}{$to}{links}++;
	$self->entry($folder, $name, $self->{path}{$to}{n});
}

sub special { my ($self, $path, @o) = @_; return $self->node($path, 'char', @o) }
sub symlink { my ($self, $path, $to, @o) = @_; return $self->file($path, $to, type => 'link', mode => 0777, @o) }

sub directory_bytes {
	my ($self, $entries) = @_;
	my $name = $self->{l}{name};
	return join('', map { pack("va$name", @$_) } @$entries) if $self->{kind} ne 'bsd211';
	my ($text, $chunk, $last) = ('', '', undef); # records of a chunk of 512 bytes fill it
	for my $e (@$entries) {
		my $room = 6 + (length($e->[1]) + 1 + 3 & ~3) + 3 & ~3;
		if (length($chunk) + $room > 512) {
			substr($chunk, $last + 2, 2) = pack('v', 512 - $last);
			$text .= pack('a512', $chunk);
			$chunk = '';
		}
		$last = length $chunk;
		$chunk .= pack("vvva" . ($room - 6), $e->[0], $room, length $e->[1], $e->[1]);
	}
	substr($chunk, $last + 2, 2) = pack('v', 512 - $last) if defined $last;
	return $text . pack('a512', $chunk);
}

sub inode_bytes {
	my ($self, $i) = @_;
	my $k = $self->{kind};
	return $i->{raw} if defined $i->{raw};
	if ($k eq 'v1') {
		my $m = $i->{mode};
		my $flags = 0100000 | ($i->{type} eq 'dir' ? 040000 : 0) | ($i->{large} ? 010000 : 0) | ($m & 04000 ? 040 : 0) |
			($m & 0100 ? 020 : 0) | ($m & 0400 ? 010 : 0) | ($m & 0200 ? 04 : 0) | ($m & 04 ? 02 : 0) | ($m & 02 ? 01 : 0);
		my $time = me(60 * ($i->{mtime} - 365 * 86400));
		return pack('vCCv v8 a4 a4 v', $flags, $i->{links}, $i->{uid}, $i->{size}, (@{ $i->{addr} }, (0) x 8)[0 .. 7], $time, $time, 0);
	}
	if ($k =~ /^v[56]$/) {
		my %type = (file => 0, dir => 040000, char => 020000, block => 060000);
		return pack('vCCCCv v8 a4 a4', 0100000 | $type{ $i->{type} } | ($i->{large} ? 010000 : 0) | $i->{mode}, $i->{links}, $i->{uid},
			$i->{gid}, $i->{size} >> 16 & 255, $i->{size} & 0xffff, (@{ $i->{addr} }, (0) x 8)[0 .. 7], me($i->{atime}), me($i->{mtime}));
	}
	my %type = (file => 0100000, dir => 040000, char => 020000, block => 060000, link => 0120000, fifo => 010000);
	my $n = $self->{l}{direct} + 3;
	my @a = (@{ $i->{addr} }, (0) x $n)[0 .. $n - 1];
	my $a = join('', map { $k eq 'bsd211' ? me($_) : pack('Cv', $_ >> 16 & 255, $_ & 0xffff) } @a);
	return pack('v4 a4 a40 a4 a4 a4', $type{ $i->{type} } | $i->{mode}, $i->{links}, $i->{uid}, $i->{gid}, me($i->{size}), $a,
		me($i->{atime}), me($i->{mtime}), me($i->{mtime}));
}

sub super {
	my ($self) = @_;
	my ($k, $size) = ($self->{kind}, $self->{l}{size});
	my $isize = $self->{first} - ($self->{l}{inode} == 32 ? 2 : 0);
	return pack('v a' . $self->{blocks} / 8 . ' v a' . $self->{inodes} / 8, $self->{blocks} / 8, '', $self->{inodes} / 8, '') if $k eq 'v1';
	return pack('a512 v v v a200 v a200', '', $isize, $self->{blocks}, $self->{nfree} // 0, '', 0, '') if $k =~ /^v[56]$/;
	# System V's superblock is at 512 whatever its blocks are, and 512 bytes long with the magic at its end.
	return pack("a512 v a4 v a200 v a200 a94 a4 a4", '', $isize, me($self->{blocks}), $self->{nfree} // 0, '', 0, '', '', me($self->{magic} // 0xfd187e20),
		me($size / 512)) if $k =~ /^sysv/;
	return pack("a$size v a4 v a200 v a200", '', $isize, me($self->{blocks}), $self->{nfree} // 0, '', 0, '');
}

# The image; blocks that are not given are as no disk ever holds them by chance.
sub bytes {
	my ($self) = @_;
	my $size = $self->{l}{size};
	for my $d (grep { $_->{entries} && !defined $_->{raw} } map { $self->{inode}{$_} } sort { $a <=> $b } keys %{ $self->{inode} }) {
		my $text = $self->directory_bytes(delete $d->{entries});
		my %c = (size => length $text, $self->content($text));
		$d->{$_} //= $c{$_} for qw(large map);
		$d->{size} = $c{size} if !$d->{keep};
		$d->{addr} = $c{addr} if !$d->{keep};
	}
	my $image = pack('a' . 2 * $size, $self->super);
	for my $n (1 .. $self->{inodes}) {
		my $i = $self->{inode}{$n};
		$image .= pack("a$self->{l}{inode}", $i ? $self->inode_bytes($i) : '');
	}
	my $fill = "\xa5" x $size;
	$image = pack('a' . $self->{first} * $size, $image);
	for my $n ($self->{first} .. $self->{blocks} - 1) {
		my $b = $self->{data}{$n};
		$image .= defined $b ? pack("a$size", $b) : $fill;
	}
	return $image;
}

# ---- dumps -----------------------------------------------------------------------------

# Words that add up to SUM with the one at AT.
sub checked {
	my ($bytes, $at, $sum) = @_;
	substr($bytes, $at, 2) = "\0\0";
	$sum -= $_ for unpack('v*', $bytes);
	substr($bytes, $at, 2) = pack('v', $sum & 0xffff);
	return $bytes;
}

# A header of the Seventh Edition's: PRESENT is a string of a byte for each block.
sub dump_header {
	my ($self, $type, $number, $inode, $count, $present) = @_;
	my $magic = $self->{kind} eq 'bsd211' ? 60012 : 60011;
	my $head = pack('v a4 a4 v a4 v v v a64 v a*', $type, me(1), '', 1, '', $number, $magic, 0, $inode, $count, $present // '');
	return checked(pack("a$self->{l}{size}", $head), 20, 84446);
}

# The blocks of an inode from one number on: what is said of them, and those that are there.
sub dump_blocks {
	my ($self, $i, $from, $count) = @_;
	my @have = map { $i->{map}{$_} } $from .. $from + $count - 1;
	return (pack('C*', map { $_ ? 1 : 0 } @have), join('', map { pack("a$self->{l}{size}", $self->{data}{$_}) } grep { $_ } @have));
}

# What dump wrote of it. Changes of the inodes and the map made before are in it.
sub dump {
	my ($self) = @_;
	my $l = $self->{l};
	$self->bytes;
	my @inodes = map { $self->{inode}{$_} } sort { $a <=> $b } keys %{ $self->{inode} };
	return $self->dump_old(@inodes) if $l->{inode} == 32;
	my $text = $self->dump_header(1, 0, '', 0) . $self->dump_header(6, 0, '', 1) . pack("a$l->{size}", '')
		. $self->dump_header(3, 2, '', 1) . pack("a$l->{size}", "\xff");
	for my $i (sort { ($a->{type} ne 'dir') <=> ($b->{type} ne 'dir') || $a->{n} <=> $b->{n} } @inodes) {
		my ($present, $blocks) = $self->dump_blocks($i, 0, $l->{direct});
		my ($last) = sort { $b <=> $a } keys %{ $i->{map} // {} };
		$text .= $self->dump_header(2, $i->{n}, $self->inode_bytes($i), $i->{map} ? $l->{direct} : 0, $present) . $blocks;
		for (my $n = $l->{direct}; $n <= ($last // 0); $n += $l->{table}) {
			($present, $blocks) = $self->dump_blocks($i, $n, $l->{table});
			$text .= $self->dump_header(4, $i->{n}, $self->inode_bytes($i), $l->{table}, $present) . $blocks;
		}
	}
	return $text . $self->dump_header(5, 0, '', 0);
}

sub dump_old {
	my ($self, @inodes) = @_;
	my $isize = int(($self->{inodes} + 15) / 16);
	my @counts = (0) x ($isize * 16);
	my $text = '';
	for my $i (@inodes) {
		my @have = sort { $a <=> $b } keys %{ $i->{map} // {} };
		$counts[$i->{n} - 1] = 1 + @have;
		$text .= checked(pack('a512', $self->inode_bytes($i)), 510, 031415) . join('', map { pack('a512', $self->{data}{ $i->{map}{$_} }) } @have);
	}
	my $table = pack('v*', @counts);
	$table .= "\0" while length($table) % 512;
	return checked(pack('a512', pack('v2 a8 v', $isize, $self->{blocks}, '', 0x4000)), 510, 031415) . $table . $text;
}

1;

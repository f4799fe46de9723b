package courier

import (
	"fmt"
	"strings"
)

// hosts are ways to say "this machine", or a machine beside it, that a client
// might be talked into. None of them is one of the open internet.
func hosts() []string {
	all := strings.Fields(`
		localhost LOCALHOST localhost. localhost.localdomain ip6-localhost ip6-loopback
		127.0.0.1 127.0.0.1. 127.0.0.2 127.1.2.3 127.255.255.254 127.1 127.0.1 127.0.0.01 127.000.000.001
		2130706433 017700000001 0x7f000001 0x7F.0x0.0x0.0x1 0x7f.1 0177.0.0.1 0177.0.0.01 0177.1 00000177.0.0.1 0x7f.0.0.1 0X7F.0.0.1
		127.0.0.0x1 127.0x1 4294967297 6425673729 127.0.0.1.nip.io %31%32%37.0.0.1 127%2e0%2e0%2e1
		0 0.0.0.0 0.0 0x0 00 0.0.0.0. 0.1.2.3 0.255.255.255
		①②⑦.⓪.⓪.① １２７.０.０.１ 127。0。0。1 127．0．0．1 127｡0｡0｡1 ⓛⓞⓒⓐⓛⓗⓞⓢⓣ ｌｏｃａｌｈｏｓｔ loc\u00adalhost localhoſt ⑯⑨。②⑤④。⑯⑨｡②⑤④
		[::1] [0:0:0:0:0:0:0:1] [0000:0000:0000:0000:0000:0000:0000:0001] [::01] [0::1] [::] [0:0:0:0:0:0:0:0] [::0001]
		[::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:7f00:0001] [::FFFF:127.0.0.1] [::ffff:0:127.0.0.1] [::127.0.0.1] [::7f00:1] [::ffff:0.0.0.0]
		[64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::10.0.0.1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::127.0.0.1] [64:ff9b:1::1]
		[2002:7f00:1::] [2002:7f00:0001::1] [2002:a00:1::] [2002:c0a8:101::] [2002:a9fe:a9fe::]
		[2001:0:7f00:1::] [2001:0:0:0:0:0:80ff:fffe] [2001:0000:4136:e378:8000:63bf:80ff:fffe] [2001:db8::1] [2001:10::1] [2001:20::1] [3fff::1]
		[fe80::1] [fe80::1%25lo] [fe80::1%25eth0] [fe80::1%251] [fec0::1] [fc00::1] [fd00::1] [fd00:ec2::254] [fd12:3456:789a::1] [ff02::1] [ff01::1] [ff05::2] [100::1] [5f00::1] [4000::1] [::2] [1::1]
		[::1%25lo] [::ffff:127.0.0.1%25lo] [::ffff:169.254.169.254] [::ffff:10.0.0.1] [::ffff:192.168.0.1] [::ffff:c0a8:1]
		10.0.0.1 10.255.255.255 10.1 0xa000001 167772161 012.0.0.1 172.16.0.1 172.31.255.254 0xac100001 192.168.0.1 192.168.1.254 0300.0250.0.1 3232235521
		100.64.0.1 100.127.255.254 100.100.100.200 169.254.0.1 169.254.169.254 0xa9fea9fe 2852039166 0251.0376.0251.0376 169.254.169.254. 169.254.43518 168.63.129.16
		192.0.0.1 192.0.0.170 192.0.0.192 192.0.2.1 198.51.100.7 203.0.113.9 198.18.0.1 198.19.255.254 192.88.99.1 192.31.196.1 192.52.193.1 192.175.48.1
		224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 255.255.255.254 0xffffffff 4294967295
		metadata.google.internal metadata instance-data kubernetes.default.svc host.docker.internal`)
	return all
}

// addresses dresses each host as an address, with the tricks that are played
// with the rest of it.
func addresses(port string) []string {
	var all []string
	for _, h := range hosts() {
		all = append(all, "http://"+h+":"+port+"/")
	}
	for _, form := range []string{
		"http://example.org@127.0.0.1:%s/", "http://127.0.0.1:%s@127.0.0.1:%[1]s/", "http://user:word@localhost:%s/", "http://example.org#@127.0.0.1:%s/",
		"http://127.0.0.1:%s#.example.org", "http://127.0.0.1:%s?.example.org/", "http://127.0.0.1:%s\\.example.org/", "http:\\\\127.0.0.1:%s\\", "http:127.0.0.1:%s", "http:///127.0.0.1:%s/", "//127.0.0.1:%s/",
		"HTTP://127.0.0.1:%s/", "https://127.0.0.1:%s/", "hTTp://LoCaLhOsT:%s/", " http://127.0.0.1:%s/", "http://127.0.0.1 :%s/", "http://127.0.0.1\t:%s/", "http://127.0.0.1%%00:%s/",
		"http://127.0.0.1:+%s/", "http://127.0.0.1:0%s/", "http://[::1]:%s/", "http://[::1:%s/", "http://::1:%s/", "http://[[::1]]:%s/",
		"gopher://127.0.0.1:%s/_", "file://127.0.0.1:%s/etc/passwd", "ftp://127.0.0.1:%s/", "dict://127.0.0.1:%s/", "ldap://127.0.0.1:%s/", "ws://127.0.0.1:%s/", "unix://127.0.0.1:%s/", "jar:http://127.0.0.1:%s/!/", "data:127.0.0.1:%s",
	} {
		all = append(all, fmt.Sprintf(form, port))
	}
	return all
}

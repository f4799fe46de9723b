package agency

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"wireroom/courier"
	"wireroom/fault"
	"wireroom/mail"
	"wireroom/web"
)

// ConfigFile is the name of the configuration in the data folder.
const ConfigFile = "wireroom.toml"

// Config is all that the program is told from outside. Editorial matters are
// not in it: those stand in the database.
type Config struct {
	Data string // the folder of the agency; holds wireroom.toml, pictures and by default the database

	DB          string        // path of a SQLite file or postgres:// address
	Addr        string        // where readers and staff are answered
	Metrics     string        // loopback address of the figures; "" is none
	Log         string        // text or json
	Level       string        // debug, info, warn or error
	Secure      bool          // served over https by whoever stands in front
	Grace       time.Duration // how long a stop waits for answers that are under way
	Connections int           // how many at once; more wait
	Pages       int           // megabytes of memory for finished pages
	ReadersKey  string        // file of the key of the readers' addresses
	Tray        string        // the folder that holds those into which sources lay files
	Outbound    []string      // hosts and networks that are exempt from what typed addresses may lead to
	Proxies     web.Proxies   // servers in front that are believed on who asks
	Mail        mail.Settings // who carries letters; without an address nobody does
	MailPace    int           // letters of bulletins a minute to one domain; 0 is no bound
	MailBounced string        // folder of the letters that came back; "" is none
	Till        tillSettings  // where readers pay

	from map[string]string // key → who set it; nothing is the default
}

// key is one line of wireroom.toml.
type key struct {
	name string
	help string
	get  func(*Config) string
	set  func(*Config, string) error
	bare bool // a number or a truth value, which a file has without quotes
}

// env is the variable of the environment that overrides the key.
func (k key) env() string { return "WIREROOM_" + strings.ToUpper(k.name) }

var keys = slices.Concat([]key{
	{"db", "Where the tables are: the path of a SQLite file, relative to this\nfolder, or postgres://user@host/name.",
		func(c *Config) string { return c.DB },
		func(c *Config, s string) error { c.DB = s; return nil }, false},
	{"addr", "The address at which readers and staff are answered, as host:port.",
		func(c *Config) string { return c.Addr },
		func(c *Config, s string) error { c.Addr = s; return checkAddr(s) }, false},
	{"metrics", "A loopback address for the program's figures in Prometheus' text\nformat, as 127.0.0.1:9090. Empty is none.",
		func(c *Config) string { return c.Metrics },
		func(c *Config, s string) error { c.Metrics = s; return checkLoopback(s) }, false},
	{"log", "How log lines are written: text or json.",
		func(c *Config) string { return c.Log },
		func(c *Config, s string) error { c.Log = s; return oneOf(s, "text", "json") }, false},
	{"level", "The least that is logged: debug, info, warn or error.",
		func(c *Config) string { return c.Level },
		func(c *Config, s string) error { c.Level = s; return oneOf(s, "debug", "info", "warn", "error") }, false},
	{"secure", "Whether a server in front speaks https, so that cookies are for https\nalone: true or false.",
		func(c *Config) string { return strconv.FormatBool(c.Secure) },
		func(c *Config, s string) (err error) { c.Secure, err = truth(s); return err }, true},
	{"proxies", "The servers in front of this one that are believed on who asks them (the\nheader X-Forwarded-For): addresses and networks with blanks between, as\n127.0.0.1 10.0.0.5. The networks of clients and companies, the bounds on how\noften somebody asks and the question about the country go by it. Believed\nis this machine alone unless you name others; name no network from which\nreaders come. Empty is nobody.",
		func(c *Config) string { return printed(c.Proxies) },
		func(c *Config, s string) (err error) { c.Proxies, err = web.ReadProxies(strings.Fields(s)); return err }, false},
	{"grace", "How long a stop waits for answers that are under way, as 15s or 1m.",
		func(c *Config) string { return c.Grace.String() },
		func(c *Config, s string) (err error) { c.Grace, err = span(s); return err }, false},
	{"connections", "How many connections are open at once; more wait in line.",
		func(c *Config) string { return strconv.Itoa(c.Connections) },
		func(c *Config, s string) (err error) { c.Connections, err = count(s); return err }, true},
	{"readers_key", "The file of the key that opens the readers' addresses, relative to\nthis folder. The program can do without: letters that nobody asked for\nthen wait.",
		func(c *Config) string { return c.ReadersKey },
		func(c *Config, s string) error { c.ReadersKey = s; return nil }, false},
	{"tray", "The folder, relative to this one, that holds a folder for each source\nthat lays files. Empty is none.",
		func(c *Config) string { return c.Tray },
		func(c *Config, s string) error { c.Tray = s; return nil }, false},
	{"outbound", "Hosts and networks that addresses typed at the desk may lead to although\nthey are not on the open internet, with blanks between: radio.lan\n10.1.0.0/16. Empty is none.",
		func(c *Config) string { return strings.Join(c.Outbound, " ") },
		func(c *Config, s string) error { c.Outbound = strings.Fields(s); return checkOutbound(c.Outbound) }, false},
	{"pages", "How many megabytes of memory finished pages may take.",
		func(c *Config) string { return strconv.Itoa(c.Pages) },
		func(c *Config, s string) (err error) { c.Pages, err = count(s); return err }, true},
}, mailKeys, tillKeys)

// keyFileName is where the key of the readers' addresses lies unless the
// configuration says otherwise.
const keyFileName = "readers.key"

func checkOutbound(allowed []string) error {
	_, err := courier.New(courier.Settings{Allowed: allowed})
	return err
}

func printed(all web.Proxies) string {
	var texts []string
	for _, p := range all {
		texts = append(texts, p.String())
	}
	return strings.Join(texts, " ")
}

// KeyFile is where the key of the readers' addresses lies.
func (c Config) KeyFile() string {
	if filepath.IsAbs(c.ReadersKey) {
		return c.ReadersKey
	}
	return filepath.Join(c.Data, c.ReadersKey)
}

// Defaults is the configuration of a folder without wireroom.toml.
func Defaults(data string) Config {
	return Config{
		Data: data, DB: "wireroom.db", Addr: "127.0.0.1:8080", Log: "text", Level: "info",
		Grace: 15 * time.Second, Connections: 8192, Pages: 48, ReadersKey: keyFileName, Tray: "tray", MailPace: 600, Proxies: web.OwnMachine(),
		Mail: mail.Settings{TLS: mail.TLSWords()[0], Key: "dkim.key", KeyKind: mail.KeyWords()[0]}, from: map[string]string{},
	}
}

// Load reads the folder's wireroom.toml, if there is one, and then the
// environment, which wins. An unknown key or a value that is none is Invalid
// and says where it stands.
func Load(data string, getenv func(string) string) (Config, error) {
	c := Defaults(data)
	if err := c.readFile(filepath.Join(data, ConfigFile)); err != nil {
		return c, err
	}
	for _, k := range keys {
		if s := getenv(k.env()); s != "" {
			if err := c.apply(k, s, k.env()); err != nil {
				return c, err
			}
		}
	}
	return c, nil
}

// Set overrides a key, as a flag does; by names who says so.
func (c *Config) Set(name, value, by string) error {
	for _, k := range keys {
		if k.name == name {
			return c.apply(k, value, by)
		}
	}
	return fault.Invalid(name, "there is no such key")
}

func (c *Config) apply(k key, value, by string) error {
	if err := k.set(c, value); err != nil {
		return fault.Invalid(by+": "+k.name, "%v", err)
	}
	c.from[k.name] = by
	return nil
}

func (c *Config) readFile(path string) error {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fault.Internal("reading "+path, err)
	}
	var values map[string]any
	if _, err := toml.Decode(string(data), &values); err != nil {
		var where toml.ParseError
		if errors.As(err, &where) {
			return fault.Invalid(fmt.Sprintf("%s:%d", path, where.Position.Line), "%s", where.Message)
		}
		return fault.Invalid(path, "%v", err)
	}
	for name, value := range values {
		where := fmt.Sprintf("%s:%d", path, lineOf(string(data), name))
		i := slices.IndexFunc(keys, func(k key) bool { return k.name == name })
		if i < 0 {
			return fault.Invalid(where, "there is no key %q; `wireroom config` prints all", name)
		}
		if err := c.apply(keys[i], fmt.Sprint(value), where); err != nil {
			return err
		}
	}
	return nil
}

// lineOf finds the line at which a key or a table of the name begins.
func lineOf(text, name string) int {
	for i, line := range strings.Split(text, "\n") {
		word := strings.TrimLeft(line, " \t[\"'")
		rest, found := strings.CutPrefix(word, name)
		if found && (rest == "" || strings.ContainsAny(rest[:1], " \t=.\"']")) {
			return i + 1
		}
	}
	return 1
}

// Print writes the configuration as a wireroom.toml with every key explained.
// A password in the database's address is not printed.
func (c Config) Print() string {
	return c.write(func(k key) string { return " Set by: " + c.By(k.name) + "." }, c.shown)
}

// plain is the configuration as a file keeps it.
func (c Config) plain() string {
	return c.write(func(key) string { return "" }, func(k key) string { return k.get(&c) })
}

func (c Config) write(remark, value func(key) string) string {
	var b strings.Builder
	for _, k := range keys {
		fmt.Fprintf(&b, "# %s\n", strings.ReplaceAll(k.help, "\n", "\n# "))
		fmt.Fprintf(&b, "# Environment: %s.%s\n", k.env(), remark(k))
		v := value(k)
		if !k.bare {
			v = strconv.Quote(v)
		}
		fmt.Fprintf(&b, "%s = %s\n\n", k.name, v)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// By says who set a key.
func (c Config) By(name string) string {
	if by := c.from[name]; by != "" {
		return by
	}
	return "default"
}

// Values are the keys with their values as text, without passwords.
func (c Config) Values() map[string]string {
	all := map[string]string{"data": c.Data}
	for _, k := range keys {
		all[k.name] = c.shown(k)
	}
	return all
}

func (c Config) shown(k key) string {
	s := k.get(&c)
	if k.name != "db" || !isAddress(s) {
		return s
	}
	u, err := url.Parse(s)
	if err != nil {
		return "postgres://…"
	}
	if q := u.Query(); q.Has("password") {
		q.Set("password", "xxxxx")
		u.RawQuery = q.Encode()
	}
	return u.Redacted()
}

// database is the address that db.Open takes.
func (c Config) database() string {
	if isAddress(c.DB) || filepath.IsAbs(c.DB) {
		return c.DB
	}
	return filepath.Join(c.Data, c.DB)
}

func (c Config) pictures() string { return filepath.Join(c.Data, "pictures") }

func isAddress(s string) bool {
	return strings.HasPrefix(s, "postgres://") || strings.HasPrefix(s, "postgresql://")
}

func checkAddr(s string) error {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return fmt.Errorf("%q is not host:port", s)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return fmt.Errorf("%q is no port", port)
	}
	return nil
}

func checkLoopback(s string) error {
	if s == "" {
		return nil
	}
	if err := checkAddr(s); err != nil {
		return err
	}
	host, _, _ := net.SplitHostPort(s)
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("%q is not a loopback address", s)
	}
	return nil
}

func oneOf(s string, words ...string) error {
	if !slices.Contains(words, s) {
		return fmt.Errorf("%q is not one of %s", s, strings.Join(words, ", "))
	}
	return nil
}

func truth(s string) (bool, error) {
	if err := oneOf(s, "true", "false"); err != nil {
		return false, err
	}
	return s == "true", nil
}

func span(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return 0, fmt.Errorf("%q is no length of time like 15s", s)
	}
	return d, nil
}

func count(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%q is no number above 0", s)
	}
	return n, nil
}

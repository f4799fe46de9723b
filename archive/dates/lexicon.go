package dates

import "strings"

// unit is a length of calendar.
type unit int

const (
	day unit = iota + 1
	week
	month
	quarter
	half
	season
	year
	decade
	century
)

// lexicon is what the grammar knows of one language: words in lower case.
type lexicon struct {
	months, weekdays, seasons, units, numbers, ordinals, days map[string]int
	decadeWords                                               map[string]int // семидесятые
	directions                                                map[string]int // last −1, this 0, next 1
	years                                                     map[string]int // летась −1
	ago, within, fromNow                                      map[string]bool
	of, in, parts, to, articles                               map[string]bool
	many                                                      map[string]bool // units of which there are several: "the last months" are no month
	yearWords                                                 map[string]bool // год, г.
	whole                                                     map[string]bool // short months that are no abbreviations
	weak                                                      map[string]bool // of those in "in", the ones that stand before counts too
	joins                                                     map[string]bool // and, or
	hours                                                     map[string]bool // last night
	definite                                                  map[string]bool // directions that need "the"
	shy                                                       map[string]bool // months that are other words too: only behind "in"
	future, past                                              map[string]bool
	halfYears                                                 map[string]bool // полгода
	after                                                     map[string]bool // "through two years after" counts from elsewhere
	pastEnds, futureEnds, noVerbs                             []string
	presentEnds                                               []string        // of verbs of no time: действует
	nouns                                                     map[string]bool // "2000 people": counted, no year
	free                                                      bool            // day before month, capitals mean nothing
}

// table reads "word word=1 word=2": the words up to a number have it.
func table(s string) map[string]int {
	m := map[string]int{}
	for _, line := range strings.Split(s, ";") {
		words, n, _ := strings.Cut(line, "=")
		v := 0
		sign := 1
		for _, c := range strings.TrimSpace(n) {
			if c == '-' {
				sign = -1
			} else {
				v = 10*v + int(c-'0')
			}
		}
		for _, w := range strings.Fields(words) {
			m[lower(w)] = sign * v
		}
	}
	return m
}

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[lower(w)] = true
	}
	return m
}

var english = &lexicon{
	months: table(`january jan=1;february feb=2;march mar=3;april apr=4;may=5;june jun=6;july jul=7;august aug=8;
		september sept sep=9;october oct=10;november nov=11;december dec=12`),
	weekdays: table(`monday mondays mon=1;tuesday tues=2;wednesday=3;thursday thurs=4;friday fri=5;saturday=6;sunday=7`),
	seasons:  table(`spring=1;summer=2;autumn fall=3;winter=4`),
	units:    table(`day days=1;week weeks=2;month months=3;quarter quarters=4;half=5;year years=7;decade decades=8;century centuries=9`),
	numbers: table(`a an one=1;two=2;three=3;four=4;five=5;six=6;seven=7;eight=8;nine=9;ten=10;eleven=11;twelve=12;
		thirteen=13;fourteen=14;fifteen=15;sixteen=16;seventeen=17;eighteen=18;nineteen=19;twenty=20;thirty=30;forty=40;fifty=50`),
	ordinals: table(`first=1;second=2;third=3;fourth=4;fifth=5;sixth=6;seventh=7;eighth=8;ninth=9;tenth=10;eleventh=11;twelfth=12;
		thirteenth=13;fourteenth=14;fifteenth=15;sixteenth=16;seventeenth=17;eighteenth=18;nineteenth=19;twentieth=20;twenty-first=21`),
	days:       table(`today tonight=0;yesterday=-1;tomorrow=1`),
	directions: table(`last previous=-1;this current=0;next coming upcoming=1`),
	years:      map[string]int{},
	ago:        set(`ago`),
	after:      set(`after`),
	within:     set(`in`),
	fromNow:    set(`hence`),
	of:         set(`of in`),
	in: set(`in since until till by from during of before after through between around about for and or to early late mid earlier later
		throughout starting beginning ending as or than back with`),
	parts:     set(`early late mid beginning end start middle`),
	to:        set(`to through until and`),
	articles:  set(`the`),
	yearWords: map[string]bool{},
	many:      set(`days weeks months quarters years decades centuries half`),
	whole:     set(`may june july`),
	weak:      set(`about around for than or as and to`),
	joins:     set(`and or to`),
	hours:     set(`night evening morning afternoon`),
	definite:  set(`previous current coming upcoming`),
	shy:       set(`may march mar sat sun second fall`),
	future: set(`will would'll to planned plans scheduled due set expected upcoming ahead going may shall slated intends plan hopes
		deadline next expire expires would open opens begin begins start starts ends can must should wants`),
	past: set(`was were had did said told went came took held met won lost left began became made sent saw gave spoke wrote found paid sold
		fell rose grew cut hit shot fled flew ran led died been has have since broke brought bought built caught chose drew fought got heard
		kept knew laid put read set sought stood taught thought threw understood`),
	pastEnds: []string{"ed"},
	noVerbs:  strings.Fields("need united indeed planned scheduled expected"),
	nouns: set(`people troops soldiers percent euros dollars rubles men women migrants workers students cases words meters kilometers miles
		pages cars trucks prisoners residents signatures copies seats votes homes tons vehicles drones hectares square or-so jobs`),
}

// endings gives each stem each ending.
func endings(stems, all string) string {
	var b strings.Builder
	for _, s := range strings.Fields(stems) {
		for _, e := range strings.Fields(all) {
			b.WriteString(s + strings.TrimPrefix(e, "-") + " ")
		}
	}
	return b.String()
}

func adj(stems string) string {
	return endings(stems, "ый ий ой ого его ому ему ым им ом ем ая яя ую юю ое ее ые ие ых их ыми ими ей")
}

var russian = &lexicon{
	free: true,
	months: table(endings("январ", "ь я е ю ем") + `=1;` + endings("феврал", "ь я е ю ем") + `=2;` + endings("март", "- а е у ом") + `=3;` +
		endings("апрел", "ь я е ю ем") + `=4;` + endings("ма", "й я е ю ем") + `=5;` + endings("июн", "ь я е ю ем") + `=6;` +
		endings("июл", "ь я е ю ем") + `=7;` + endings("август", "- а е у ом") + `=8;` + endings("сентябр", "ь я е ю ем") + `=9;` +
		endings("октябр", "ь я е ю ем") + `=10;` + endings("ноябр", "ь я е ю ем") + `=11;` + endings("декабр", "ь я е ю ем") + `=12`),
	weekdays: table(endings("понедельник", "- а у е ом") + `=1;` + endings("вторник", "- а у е ом") + `=2;` + endings("сред", "а ы у") + `=3;` +
		endings("четверг", "- а у е ом") + `=4;` + endings("пятниц", "а ы у е ей") + `=5;` + endings("суббот", "а ы у е ой") + `=6;` + endings("воскресень", "е я ю ем") + `=7`),
	seasons: table(`весна весны весной весну весне=1;лето лета летом лету=2;осень осени осенью=3;зима зимы зимой зиму зиме=4`),
	units: table(`день дня дню дней дни днем сутки суток=1;неделя недели неделе неделю недель неделей=2;месяц месяца месяцу месяце месяцев месяцы=3;
		квартал квартала квартале кварталу=4;полугодие полугодия полугодии полугодию половина половине половину=5;год года году годом годе лет годы годов=7;
		десятилетие десятилетия десятилетии десятилетий=8;век века веке веку столетие столетия столетии=9`),
	numbers: table(`один одну одного=1;два две двух пару=2;три трех=3;четыре четырех=4;пять пяти=5;шесть шести=6;семь семи=7;восемь восьми=8;
		девять девяти=9;десять десяти=10;одиннадцать=11;двенадцать=12;тринадцать=13;четырнадцать=14;пятнадцать=15;шестнадцать=16;семнадцать=17;
		восемнадцать=18;девятнадцать=19;двадцать=20;тридцать=30;сорок=40;полтора=1`),
	ordinals: table(adj("перв") + `i=1;` + adj("втор") + `ii=2;` + `третий третьего третьем третья третью третьей iii=3;` + adj("четверт") + `iv=4;` + adj("пят") +
		`v=5;` + adj("шест") + `vi=6;` + adj("седьм") + `vii=7;` + adj("восьм") + `viii=8;` + adj("девят") + `ix=9;` + adj("десят") + `x=10;xi=11;xii=12;xiii=13;xiv=14;xv=15;xvi=16;xvii=17;xviii=18;` +
		adj("девятнадцат") + `xix=19;` + adj("двадцат") + `xx=20;xxi=21`),
	days: table(`сегодня=0;вчера накануне=-1;позавчера=-2;завтра=1;послезавтра=2`),
	directions: table(adj("прошл минувш предыдущ прошедш истекш") + `=-1;` + adj("позапрошл") + `=-2;` +
		`этот этого этому этом этим эта этой эту ` + adj("текущ нынешн") + `=0;` + adj("следующ будущ грядущ предстоящ ближайш наступающ") + `=1`),
	decadeWords: table(plurals("двадцат") + `=20;` + plurals("тридцат") + `=30;` + plurals("сороков") + `=40;` + plurals("пятидесят") + `=50;` +
		plurals("шестидесят") + `=60;` + plurals("семидесят") + `=70;` + plurals("восьмидесят") + `=80;` + plurals("девяност") + `=90`),
	weak:        set(`и или до около по на`),
	joins:       set(`и или`),
	hours:       set(`ночью`),
	halfYears:   set(`полгода`),
	after:       set(`после`),
	presentEnds: strings.Fields("ает яет ует ается яется уется ают яют уют аются яются уются"),
	years:       map[string]int{},
	ago:         set(`назад тому`),
	within:      set(`через`),
	fromNow:     map[string]bool{},
	of:          map[string]bool{},
	in:          set(`в во с со до от к ко по на за после перед начале начала конце конца концу середине середины между и или около из еще уже с`),
	parts:       set(`начале начала начало конце конца концу конец середине середины середину`),
	to:          set(`по до и`),
	articles:    map[string]bool{},
	many:        set(`дней недель месяцев лет месяцы годы годов десятилетий дни`),
	yearWords:   set(`год года году годом годе г гг годы годов годах`),
	shy:         set(`май мая мае маю среда среды среде лета лет весны первый век веке`),
	future: set(`будет будут будем намечен намечена намечено намечены запланирован запланирована запланировано запланированы планирует планируют
		ожидается ожидаются предстоит предстоящий состоится состоятся пройдет пройдут собирается собираются намерен намерена намерены
		должен должна должны назначен назначена назначено назначены обещает следующий завершить начать`),
	past:       set(`был была было были`),
	pastEnds:   strings.Fields("ал ял ил ел ул ыл ёл шел вел ла ло ли лся лась лось лись"),
	futureEnds: strings.Fields("ет ёт ит ут ют ат ят ется ится утся ются атся ятся"),
	noVerbs: strings.Fields(`лет нет совет кабинет бюджет комитет запрет ответ визит институт университет депутат результат аппарат
		формат лимит кредит дефицит отдел раздел предел или если дела суда школа статут маршрут приют салют продукт факт акт билет предмет цвет
		свет газет ракет сигарет почти дали мили уровнели земли цели модели недели школ стол брат сенат санкт-петербург путь стат мандат
		республикат власть число дело тело село кило около начало мало много очень поэт атлет паркет интернет памятует`),
	nouns: set(`человек человека людей военных рублей долларов евро процентов тонн метров километров рабочих студентов мигрантов случаев
		подписей мест голосов домов гектаров машин фур дронов экземпляров жителей`),
}

var belarusian = &lexicon{
	free: true,
	months: table(endings("студзен", "ь я і ю ем") + `=1;люты лютага лютым лютаму=2;` + endings("сакавік", "- а у ом") + `=3;` + endings("красавік", "- а у ом") + `=4;` +
		`травень траўня траўні траўню май мая маі маю=5;` + endings("чэрвен", "ь я і ю ем") + `=6;` + endings("ліпен", "ь я і ю ем") + `=7;` +
		`жнівень жніўня жніўні жніўню жніўнем=8;верасень верасня верасні верасню вераснем=9;` + endings("кастрычнік", "- а у ом") + `=10;` +
		endings("лістапад", "- а у зе ам") + ` лістападзе=11;снежань снежня снежні снежню снежнем=12`),
	weekdays: table(`панядзелак панядзелка панядзелку панядзелкам=1;аўторак аўторка аўторку аўторкам=2;серада сераду серады серадзе=3;
		чацвер чацвярга чацвергу чацвяргу=4;пятніца пятніцу пятніцы пятніцай=5;субота суботу суботы суботай=6;нядзеля нядзелю нядзелі нядзеляй=7`),
	seasons: table(`вясна вясны вясной вясну вясне увесну ўвесну=1;лета лету летам улетку ўлетку=2;восень восені восенню увосень ўвосень=3;
		зіма зімы зімой зіму зіме узімку ўзімку=4`),
	units: table(`дзень дня дню дзён дні днём суткі сутак=1;тыдзень тыдня тыдню тыдні тыдняў тыднем тыдняў=2;месяц месяца месяцу месяцы месяцаў=3;
		квартал квартала квартале кварталу=4;паўгоддзе паўгоддзя паўгоддзі палова палове палову=5;год года году годзе гадоў гады годам гадах=7;
		дзесяцігоддзе дзесяцігоддзя дзесяцігоддзі=8;стагоддзе стагоддзя стагоддзі век века веку=9`),
	numbers: table(`адзін адну аднаго=1;два дзве двух пару=2;тры трох=3;чатыры чатырох=4;пяць пяці=5;шэсць шасці=6;сем сямі=7;восем васьмі=8;
		дзевяць дзевяці=9;дзесяць дзесяці=10;адзінаццаць=11;дванаццаць=12;трынаццаць=13;чатырнаццаць=14;пятнаццаць=15;шаснаццаць=16;семнаццаць=17;
		васемнаццаць=18;дзевятнаццаць=19;дваццаць=20;трыццаць=30;сорак=40;паўтара=1`),
	ordinals: table(beAdj("перш") + `i=1;` + beAdj("друг") + ` другі другім другое другой ii=2;` + `трэці трэцяга трэцім трэцяя трэцюю трэцяй iii=3;` + beAdj("чацвёрт чацьвёрт") + ` iv=4;` +
		beAdj("пят") + ` v=5;` + beAdj("шост") + ` vi=6;` + beAdj("сём") + ` vii=7;` + beAdj("восьм") + ` viii=8;` + beAdj("дзявят") + ` ix=9;` + beAdj("дзясят") + ` x=10;xi=11;xii=12;xiii=13;xiv=14;xv=15;xvi=16;xvii=17;xviii=18;` +
		beAdj("дзевятнаццат") + `xix=19;` + beAdj("дваццат") + `xx=20;xxi=21`),
	days: table(`сёння сяньня=0;учора ўчора напярэдадні=-1;пазаўчора=-2;заўтра=1;паслязаўтра=2`),
	directions: table(beAdj("мінул") + beAdj("прошл") + beAdj("папярэдн") + ` папярэдні папярэднім=-1;` + beAdj("пазамінул") + beAdj("пазапрошл") + `=-2;` +
		`гэты гэтага гэтаму гэтым гэтая гэтай гэту гэтую бягучы бягучага бягучым бягучая бягучай бягучую цяперашні цяперашняга цяперашнім цяперашняй=0;` +
		beAdj("наступн") + beAdj("будуч") + beAdj("бліжэйш") + `=1`),
	years: table(`летась=-1;пазалетась=-2;сёлета сёлетні сёлетняга сёлетнім сёлетняй=0;налета=1;леташні леташняга леташнім леташняй леташнюю=-1`),
	decadeWords: table(endings("дваццат", "ыя ых ым") + `=20;` + endings("трыццат", "ыя ых ым") + `=30;` + endings("саракав", "ыя ых ым") + `=40;` +
		endings("пяцідзясят пяцідзесят", "ыя ых ым") + `=50;` + endings("шасцідзясят шасцідзесят", "ыя ых ым") + `=60;` + endings("сямідзясят сямідзесят", "ыя ых ым") + `=70;` +
		endings("васьмідзясят васьмідзесят", "ыя ых ым") + `=80;` + endings("дзевяност", "ыя ых ым") + `=90`),
	weak:        set(`і або да каля па на`),
	joins:       set(`і або`),
	hours:       set(`ноччу`),
	halfYears:   set(`паўгода`),
	after:       set(`пасля`),
	presentEnds: strings.Fields("аецца уецца яецца ююцца аюцца уюцца аюць уюць яюць"),
	ago:         set(`таму`),
	within:      set(`праз`),
	fromNow:     map[string]bool{},
	of:          map[string]bool{},
	in:          set(`у ў ва з са зь да ад к па на за пасля перад пачатку пачатак канца канцы канец сярэдзіне сярэдзіны паміж і або каля яшчэ ужо`),
	parts:       set(`пачатку пачатак канца канцы канец сярэдзіне сярэдзіны сярэдзіну`),
	to:          set(`па да і`),
	articles:    map[string]bool{},
	many:        set(`дзён тыдняў месяцаў гадоў гады дні дзесяцігоддзяў`),
	yearWords:   set(`год года году годзе годам г гг гады гадоў гадах`),
	shy:         set(`май мая маі маю люты лютага лютым лютаму лета лету летам серады серадзе субота перш век века веку`),
	future: set(`будзе будуць будзем запланавана запланаваны запланаваная плануе плануюць чакаецца чакаюцца адбудзецца адбудуцца пройдзе
		пройдуць збіраецца збіраюцца мае мусіць павінен павінна павінны прызначана прызначаны прызначаная абяцае наступны пачнецца пачнуцца
		адкрыецца адкрыюцца прыедзе прыедуць скончыцца завершыць вернецца вернуцца пачне стане адыдзе прыйдзе выйдзе пойдзе вырасце прыме возьме дасць паедзе сыдзе знойдзе здолее`),
	past:       set(`быў была было былі`),
	pastEnds:   strings.Fields("аў яў іў ыў еў эў оў уў ла ло лі ўся лася лося ліся ёў"),
	futureEnds: strings.Fields("ецца эцца іцца ыцца уцца юцца уць юць аць яць іць ыць"),
	noVerbs: strings.Fields(`гадоў месяцаў тыдняў калі або дзела школа мала каля тысячаў рублёў долараў працэнтаў сем'яў людзей пяць шэсць дзевяць
		дзесяць дваццаць трыццаць адзінаццаць дванаццаць сваіў часоў дзён гарадоў дамоў законаў судоў палітвязняў журналістаў зняволеных беларусаў`),
	nouns: set(`чалавек чалавека людзей вайскоўцаў рублёў долараў еўра працэнтаў тон метраў кіламетраў рабочых студэнтаў мігрантаў выпадкаў
		подпісаў месцаў галасоў дамоў гектараў машын фур дронаў экземпляраў жыхароў`),
}

func plurals(stem string) string { return endings(stem, "ые ых ым ыми") }

func beAdj(stems string) string {
	return endings(stems, "ы ага аму ым ая ай ую ае ыя ых ымі яга яму яя яй юю")
}

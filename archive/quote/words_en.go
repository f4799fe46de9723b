package quote

// english is how agencies write in English.
var english = &tongue{
	strong: set(`answered answers sings yells exhort exhorted exhorts cheered lamented ventured mused countered chimed summoned bellowed hollered barked prayed begged cajoled sermonized inquired reflected whined wisecracked surmised theorized hypothesized say said says tell told tells add added adds noted notes write wrote writes tweeted tweets explain explained explains argue
		argued argues claimed claims declare declared declares insist insisted insists warn warned warns ask asked asks reply replied
		replies respond responded responds recall recalled recalls continue continued continues conclude concluded concludes observe
		observed observes remarked remarks commented comments joke joked jokes quip quipped quips admit admitted admits acknowledge
		acknowledged acknowledges concede conceded concedes contend contended contends assert asserted asserts charged charges
		complain complained complains suggest suggested suggests stressed stresses emphasize emphasized emphasizes emphasise
		emphasised emphasises announce announced announces promised promises vow vowed vows pledged pledges predict predicted predicts
		stated states reported reports reveal revealed reveals reiterate reiterated reiterates repeat repeated repeats retort retorted
		retorts scoff scoffed shouted yell yelled cried exclaim exclaimed urged urges opine opined mused lament lamented laments
		cautioned cautions testify testified testifies boasted boasts maintain maintained maintains mention mentioned mentions pointed
		points agree agreed agrees countered counters interject interjected summarize summarized intone intoned rant ranted sneer
		sneered snap snapped confirm confirmed confirms deny denied denies elaborate elaborated clarify clarified chant chanted inform
		informed plead pleaded preach preached protested quoted quotes railed recounted recounts reasoned relate related riff riffed
		sing sang whisper whispered wondered wonders blogged posted posts texted email emailed enthuse enthused fume fumed gush gushed
		implore implored instruct instructed demanded demands thunder thundered deadpan deadpanned marvel marveled hint hinted
		speculate speculated advise advised gloat gloated groaned grumble grumbled harrumph interrupt interrupted laugh laughed mutter
		muttered mock mocked objected proclaim proclaimed proclaims pronounce pronounced remind reminded rejoin rejoined sighed
		specify specified stammer stammered summed underline underlined underscored volunteer volunteered allege alleged alleges echo
		echoed echoes estimated reads read`),
	weak: set(`gone warn referenced laud lauded lauds identify identified identifies called calls calling describe described describes describing accuse accused accuses accusing dismiss dismissed dismisses
		dismissing denounce denounced denounces denouncing condemn condemned condemns condemning praise praised praises praising
		criticize criticized criticizes criticizing blast blasted blasts blasting slam slammed slams slamming attack attacked attacks
		attacking label labeled labels labeling brand branded brands branding deem deemed deems refer referred refers referring
		characterize characterized characterizes characterizing decry decried decries decrying deride derided derides deriding mock
		mocked mocks mocking ridicule ridiculed tout touted touts touting hail hailed hails hailing portray portrayed portrays depict
		depicted dub dubbed dubs cite cited cites citing speak spoke speaks speaking talk talked talks talking discuss discussed
		discusses propose proposed proposes proposing blame blamed blames blaming compare compared compares comparing defend defended
		defends defending express expressed expresses expressing voiced credited rated rates reject rejected rejects rejecting refuse
		refused recommend recommended recommends recommending questioned questions questioning challenged challenges warn lash lashed
		lashes lashing ripped rips answered answers answering finish finished apologize apologized thank thanked thanks congratulate
		congratulated welcome welcomed invoke invoked advocate advocated decide decided determine determined ruled rule encourage
		encouraged require required issue issued release released publish published liken likened equate equated lambaste lambasted
		knock knocked chide chided scold scolded zing zinged bemoan bemoaned assail assailed assure assured assures promote promoted
		highlight highlighted declare signal signaled stipulate stipulated interpret interpreted oppose opposed regard regarded view
		viewed views pledge commend commended swear swore recite recited bash bashed scream screamed`),
	mind: set(`want wants wanted hope hopes hoped feel felt feels feeling know knows knew think thinks thought believe believes believed fear feared fears find found finds show showed shows consider considered considers see saw sees need needs needed learned heard understood understands mean meant means`),
	gerunds: set(`singing shouting wondering suggesting reasoning recounting proclaiming pleading saying adding telling noting writing tweeting explaining arguing claiming declaring insisting warning asking replying
		responding recalling continuing concluding observing remarking commenting joking quipping admitting acknowledging
		conceding contending asserting charging complaining suggesting stressing emphasizing emphasising announcing promising vowing
		pledging predicting stating reporting revealing reiterating repeating retorting shouting yelling urging lamenting cautioning
		boasting maintaining mentioning pointing reading insisting demanding proclaiming chanting reminding`),
	auxiliary: set(`has have had who would will may might could can did does do is was were been be being went on to`),
	adverbs: set(`also then later once often reportedly again repeatedly recently still never always first even just now
		not famously ultimately soon both all earlier instead today yesterday meanwhile previously afterward publicly further so far thus quickly too himself herself themselves`),
	pronouns:    set(`he she they it we i you who one this that these those`),
	he:          set(`he him his`),
	she:         set(`she her hers`),
	they:        set(`they them their`),
	determiners: set(`the a an his her their its our my your this these those some many several one two three four five six most all another no each both any every other few`),
	links:       set(`of for the and at from in & de van von der del al bin el la le du on with`),
	against:     set(`to the a an his her their its this these those no any of in by every another some such more`),
	relative:    set(`who which that whom`),
	conjunction: set(`but and or because while although though as if when since after before where that than so yet whether how why what until unless once despite including like with without then not even just if via per`),
	prepositions: set(`in on at by with to from about into over under against between during through within without
		before after amid among as toward towards upon via per like since until than despite`),
	inverted:  set(`said says told asked added wrote writes recalled recalls noted notes explained explains read reads replied continued responded warned joked tweeted quipped declared argued insisted observed concluded remarked exclaimed answered acknowledged stated reported urged cried`),
	according: [][]string{{"according", "to"}, {"in", "the", "words", "of"}},
	nouns: set(`statement statements remark remarks comment comments claim claims tweet tweets speech argument promise
		words word quote quotes assertion view description answer response reply question criticism proposal plan call letter
		email emails memo post message interview warning slogan op-ed essay column article book ad website site
		report pledge vow note charge accusation policy line suggestion declaration opinion tweets testimony address ruling refrain catchphrase`),
	things: set(`report letter statement book article ad narrator agency commission union court ruling party government campaign
		group groups protesters officials police committee council paper newspaper website ministry document poll survey study voters people family friend`),
	adjectives: set(`former prime vice deputy foreign first interior acting interim retired democratic republican rival house then-candidate mr mrs ms`),
	women: set(`mary elizabeth hillary megan jennifer linda susan karen nancy lisa betty helen sandra ruth sharon michelle sarah kimberly
		deborah jessica shirley cynthia melissa amy anna rebecca kathleen martha debra amanda stephanie carolyn christine marie janet catherine
		frances ann joyce diane alice julie heather teresa doris gloria evelyn jean cheryl mildred katherine joan ashley judith rose janice kelly
		nicole judy christina kathy theresa beverly denise tammy irene jane lori rachel marilyn andrea kathryn louise sara anne jacqueline
		wanda bonnie julia ruby lois tina phyllis norma paula diana annie lillian emily robin peggy crystal gladys rita dawn connie florence
		tracy edna tiffany carmen rosa cindy grace wendy victoria edith kim sherry sylvia josephine thelma shannon sheila ethel ellen elaine
		marjorie carrie charlotte monica esther pauline emma juanita rhonda hazel amber eva debbie april leslie clara lucille jamie joanne
		eleanor valerie danielle megan alicia suzanne michele gail bertha darlene veronica jill erin geraldine lauren cathy joann lorraine
		lynn sally regina erica beatrice dolores bernice audrey yvonne annette marion dana stacy ana renee ida vivian roberta holly brittany
		melanie loretta yolanda jeanette laurie katie kristen vanessa alma sue elsie beth jeanne angela maria donna carol barbara patricia
		dorothy margaret laura melania ivana ivanka kellyanne minyon ava tulsi angelina theresa ursula sviatłana śviatłana sviatlana volha maryja
		marija natalla nastassia alena hanna iryna veranika kaciaryna tacciana ludmiła palina ina zinaida darja taccjana vera ala larysa nina`),
	men: set(`john robert michael william david richard charles joseph thomas donald mark paul steven george kenneth andrew edward brian
		joshua kevin ronald timothy jason jeffrey gary ryan nicholas eric stephen jacob larry frank jonathan scott justin brandon raymond gregory
		samuel benjamin patrick jack alexander dennis jerry tyler aaron henry douglas peter adam nathan zachary walter kyle harold carl arthur
		roger keith jeremy terry lawrence sean christian austin noah jesse joe bryan billy jordan albert dylan bruce willie gabriel alan juan
		logan wayne ralph roy eugene randy vincent russell louis philip bobby johnny bradley bill bernie barack jim jimmy joe mike tim tom ted
		mitch newt rudy chris dan don ron steve ken ben sam harry vladimir alaksandar aliaksandr uładzimir siarhiej jury viktar pavieł anatol
		maksim dzmitryj dźmitry ihar aleh andrej mikałaj michaił sierhiej roman ivan piotr alieś ales mikita ilja kuźma mariusz emmanuel friedrich antónio`),
	months: set(`january february march april may june july august september october november december
		jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow`),
	titles: set(`mr mrs ms dr sen rep gov gen lt col sgt st jr sr prof rev hon capt adm maj president minister prime chairman
		secretary senator congressman congresswoman governor mayor judge justice director spokesman spokeswoman ambassador
		general chief king queen pope prince princess sir lord lady professor former then-candidate vice deputy foreign first interior attorney speaker chairwoman interim acting retired house leader whip democrat democratic republican rival coach author activist actor actress commissioner superintendent officer detective premier chancellor economist strategist`),
	short: set(`mr mrs ms dr sen rep gov gen lt col sgt st jr sr prof rev hon capt adm maj vs no sens reps ark mass calif fla ala ariz colo conn del ga ill ind kan ky la md mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo inc corp ltd co bros etc feb jan aug sept oct nov dec u.s d.c`),
}

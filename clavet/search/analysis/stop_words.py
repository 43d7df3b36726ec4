"""Words that only hold a sentence together: articles, prepositions, conjunctions, pronouns, the verbs be and have.

Short on purpose: a word that could be what somebody looks for is not here (French ``été``, Turkish ``var``). A query
of nothing but these is still a query; whoever reads it decides.
"""

from __future__ import annotations

from clavet.search.analysis.folding import fold

WORDS = {
    "en": """
        a an the and or but nor if then than that this these those which who whom whose what when where why how
        as at by for from in into of off on onto out over to up with within without about between through during
        before after i me my we us our you your he him his she her it its they them their there here is are was
        were be been being am do does did has have had having not no so such can could will would shall should
        may might must also both each s t ll re ve d m don doesn didn isn aren wasn weren won
    """,
    "es": """
        el la los las lo un una unos unas al del a ante bajo con contra de desde durante en entre hacia hasta
        para por según sin sobre tras y e o u ni que si sí no pero sino mas más muy como cómo cuando cuándo
        donde dónde quien quién quienes cual cuál cuales qué yo tú él ella ellos ellas ello nosotros nosotras
        vosotros usted ustedes me te se nos os le les mi mis tu tus su sus nuestro nuestra nuestros nuestras
        este esta estos estas esto ese esa esos esas eso aquel aquella aquellos aquellas es son era eran fue
        fueron ser sido está están ha han había haber hay he hemos también ya cada
    """,
    "fr": """
        le la les l un une des du de d au aux à en dans sur sous par pour avec sans chez vers entre depuis
        pendant et ou où mais donc or ni car que qu qui quoi dont lequel laquelle lesquels lesquelles si ne n
        pas plus très comme quand comment ce c cet cette ces cela ça il ils elle elles on nous vous je j tu me m
        te t se s lui leur leurs y mon ma mes ton ta tes son sa ses notre nos votre vos est sont était étaient
        être ont a as ai avait avaient avoir fut aussi ainsi chaque jusqu lorsqu puisqu quoiqu aujourd hui
    """,
    "it": """
        il lo la l i gli le un uno una di a da in con su per tra fra del dello della dell dei degli delle al
        allo alla all ai agli alle dal dallo dalla dall dai dagli dalle nel nello nella nell nei negli nelle sul
        sullo sulla sull sui sugli sulle col coi e ed o od ma se che chi cui quale quali non né più molto come
        quando dove dov perché anche io tu lui lei noi voi loro mi ti si ci vi ne suo sua suoi mio mia nostro
        nostra nostri nostre questo questa questi queste quello quella quelli quelle quell è sono era erano
        essere stato stata stati state ha hanno aveva avevano avere ho c d n s m t v ogni
    """,
    "el": """
        ο η το οι τα του της των τον την τη τους τις ένας μία μια ένα ενός μιας έναν σε στο στη στην στον στους
        στις στα στου στης από απ με για γι προς ως σαν κατά μετά παρά αντί χωρίς δίχως μέχρι έως πριν και κι ή
        είτε ούτε αλλά όμως αν εάν ότι πως πώς που πού όταν όπου όπως γιατί διότι επειδή ώστε να θα δε δεν μη
        μην ας εγώ εσύ αυτός αυτή αυτό αυτοί αυτές αυτά αυτού αυτής αυτών αυτόν αυτήν αυτούς μου σου μας σας
        εμείς εσείς μου τι τίνος ποιος ποια ποιο ποιοι ποιες οποίος οποία οποίο οποίοι οποίες οποίου οποίων
        είναι ήταν είμαι έχει έχουν είχε είχαν έχω πολύ πιο επίσης κάθε εκεί εδώ τ σ
    """,
    "hr": """
        a ali i ili te ni niti no nego već u na o od do iz sa s za po pri pred kod bez kroz među nad pod prema
        radi zbog uz da ne li je su sam si smo ste bi bio bila bilo bili bile biti jest nije nisu će ću ćemo
        ćete se sebe si koji koja koje kojih kojim kojima kojem kojeg kojoj koju što tko čiji kako kada kad gdje
        zašto jer ako dok ja ti on ona ono mi vi oni one ga mu im ih joj nju njih nas vas nam vam njega njegov
        njezin njihov moj tvoj svoj naš vaš ovaj ova ovo ovi ove taj ta to tog tom tim tih onaj kao još i vrlo
        više također svaki svaka svako
    """,
    "nl": """
        de het een der des den en of maar want dus noch als dan dat die dit deze wie wat welke waar wanneer
        waarom hoe in op aan bij van voor na naar met uit tot om door over onder tussen tegen tijdens zonder
        binnen te er niet geen wel ook zo zeer meer ik jij je u hij zij ze wij we jullie hem haar hun hen mijn
        jouw uw zijn ons onze zich is was waren ben bent geweest wordt worden werd werden heeft hebben had
        hadden heb kan kunnen zal zullen zou zouden s n t elk elke
    """,
    "ro": """
        un o unui unei unor unii unele al a ai ale lui cel cea cei cele celor de la în din pe cu prin pentru
        spre între până fără sub după despre către și sau ori dar iar însă ci nici că să dacă ca care cărui
        cărei căror ce cine când unde cum cât deci nu mai foarte eu tu el ea noi voi ei ele mă te se ne vă îl îi
        le lor său sa săi sale meu mea nostru noastră acest această acești aceste acestui acestei acestor acel
        acea acei acele este sunt era erau fi fost fie e am ai are avem au avea vor va îi l s n m i ul ului
        urile uri într dintr printr și fiecare
    """,
    "tr": """
        ve veya ya da de ile için gibi kadar göre ise ki ama fakat ancak çünkü hem ne mi mı mu mü bu şu o bunlar
        şunlar onlar bunu bunun onu onun buna ona bunda onda ben sen biz siz beni seni bizi sizi bana sana bize
        size benim senin bizim sizin kendi bir her çok daha en nasıl neden niçin nerede hangi kim kimin olan
        olarak olur oldu olduğu idi imiş değil üzere dolayı karşı sonra önce
    """,
}

STOP_WORDS = {code: frozenset(fold(words, code).split()) for code, words in WORDS.items()}


def is_stop(folded: str, language: str) -> bool:
    """Whether a folded word says nothing by itself in ``language``."""
    return folded in STOP_WORDS[language]

"""Words of the field in their forms, and words that look alike and are not the same. Each line is one word's forms."""

SAME = {
    "en": """
        child children child's
        teach teaches taught teaching
        teacher teachers teacher's
        policy policies
        learn learned learnt learning
        woman women
        study studies studied studying
        leave leaves left leaving
        break broke broken breaking
        choose chose chosen
        lead led leading leads
        find found finding
        analysis analyses
        curriculum curricula curriculums
        city cities
        apprenticeship apprenticeships
        person people
        microcredential microcredentials
        upskill upskilled upskilling
        mentor mentors mentored mentoring
        build built building
        organise organised organisation
        programme programmes
    """,
    "es": """
        niño niños niña niñas
        vez veces
        aprendiz aprendices
        elegir eligen elige eligió elegido
        joven jóvenes
        aprender aprenden aprendieron aprendió aprendiendo
        enseñar enseña enseñan enseñó enseñando
        profesor profesores profesora profesoras
        alumno alumna alumnos alumnas
        formación formaciones
        taller talleres
        capaz capaces
        empezar empieza empezaron
        pedir piden pidió
        ayuntamiento ayuntamientos
        bilingüe bilingües
        digital digitales
        microcredencial microcredenciales
        volver vuelve vuelven vuelto
        hacer hace hicieron hecho
    """,
    "fr": """
        travail travaux
        national nationaux nationale nationales
        élève élèves
        enseignant enseignante enseignants enseignantes
        apprendre apprend apprennent appris apprenant
        lire lit lisent lu lisaient
        œil yeux
        jeu jeux
        formateur formatrice formateurs formatrices
        nouveau nouvelle nouveaux nouvelles
        conseil conseils
        commune communes communal communaux
        choisir choisit choisissent choisi
        offrir offre offrent offert
        suivre suit suivent suivi
        réussir réussit réussissent réussite
        établissement établissements
        directeur directrice
        prêter prêtent prêté prêtés
        microcertification microcertifications
        maternel maternelle
    """,
    "it": """
        amico amici amica amiche
        tecnico tecnici tecnica tecniche
        banco banchi
        laboratorio laboratori
        insegnante insegnanti
        insegnare insegna insegnano insegnato
        studente studenti studentessa studentesse
        scegliere sceglie scelgono scelto scelsero
        leggere legge leggono letto lessero
        città
        uomo uomini
        apprendista apprendisti apprendiste
        scuola scuole
        collega colleghi colleghe
        dialogo dialoghi
        direttore direttrice direttori
        nuovo nuova nuovi nuove
        chiudere chiude chiuso chiusero
        vivere vive vissuto
        microcredenziale microcredenziali
    """,
    "el": """
        παιδί παιδιά παιδιού παιδιών
        μαθητής μαθητές μαθητή μαθητών
        μαθήτρια μαθήτριες μαθητριών
        δάσκαλος δασκάλου δάσκαλοι δασκάλους
        δασκάλα δασκάλες
        εκπαίδευση εκπαίδευσης εκπαιδεύσεις εκπαιδεύσεων εκπαιδεύσεως
        μάθημα μαθήματος μαθήματα μαθημάτων
        δήμος δήμου δήμοι δήμων
        μαθαίνω μαθαίνουν έμαθαν μάθει μάθουν
        γράφω έγραψε γράφουν γράψει
        σχολείο σχολεία σχολείου σχολείων
        καθηγητής καθηγητές καθηγητών
        καθηγήτρια καθηγήτριες
        γονέας γονείς γονέων
        πόλη πόλεις πόλεων πόλεως
        γυναίκα γυναίκες γυναικών
        πρόγραμμα προγράμματα προγράμματος προγραμμάτων
        νέος νέοι νέων νέους νέα
        διδάσκω διδάσκει δίδαξε διδάσκονται
        διευθυντής διευθυντές διευθύντρια
        χώρος χώρου χώροι χώρων
        κράτος κράτη κρατών
        δεξιότητα δεξιότητες δεξιοτήτων
        μαθητευόμενος μαθητευόμενοι μαθητευομένων
        επιμόρφωση επιμορφώσεις επιμόρφωσης
        δίνω έδωσε δώσει δίνουν
        βλέπω είδε δει βλέπουν
        συμμετέχω συμμετείχαν συμμετέχουν
        μικροδιαπιστευτήριο μικροδιαπιστευτήρια μικροδιαπιστευτηρίων
    """,
    "hr": """
        učenik učenici učenika učenicima učeniče
        učenica učenice učenicama
        knjiga knjizi knjige knjigama
        ruka ruci ruke
        centar centra centri centrima
        dijete djeca djece djetetu djeci
        nastavnik nastavnici nastavnika nastavnike
        polaznik polaznici polaznika
        početnik početnici početnike
        obrtnik obrtnici
        škola škole školi školama
        mlijeko mlijeka
        grad gradovi gradova gradu
        općina općine općini
        razvoj razvoja razvoju
        uspjeh uspjesi uspjeha
        jezik jezici jezika
        učiti uči uče učili učio
        jesti jede jedu jeli
        naučnik naučnici naučnika
        zaposlenik zaposlenici
        zadatak zadaci zadatka
        početak počeci početka
        odjel odjela odjeli
        otac oca očevi
        čovjek ljudi
        pomoći pomaže pomogli pomažu
        vještina vještine vještinama
        građanin građani gradjanin gradjani
        mikrokvalifikacija mikrokvalifikacije
        vrtić vrtići vrtića
        dobar bolji
    """,
    "nl": """
        school scholen
        leerling leerlingen
        leraar leraren leraars
        huis huizen
        brief brieven
        kind kinderen
        stad steden
        lezen leest las lazen gelezen
        meten meet maten gemeten
        nemen neemt nam namen genomen
        geven geeft gaf gaven gegeven
        diploma diploma's
        collega collega's collegas
        beroepsopleiding beroepsopleidingen
        beroepsschool beroepsscholen
        werkplaats werkplaatsen
        kans kansen
        cursus cursussen
        jong jonge jongere jongeren
        vaardigheid vaardigheden
        museum musea
        gemeente gemeenten gemeentes
        ontwikkelen ontwikkelt ontwikkeld ontwikkelde
        kinderdagverblijf kinderdagverblijven
        leeromgeving leeromgevingen
    """,
    "ro": """
        școală școli școlii școlilor
        carte cărți cărțile cărților
        tânăr tineri tinerilor tânără tinere
        copil copii copiii copiilor copilul
        elev elevi elevii elevilor elevă eleve
        învățător învățători învățătoare învățătorilor
        profesor profesori profesorul profesoară profesoare
        oraș orașe orașului
        învăța învață învățat învățau
        om oameni oamenilor
        femeie femei femeilor
        fată fete fetelor
        băiat băieți băiatul
        hărțuire hărțuirii hărțuirea
        ucenic ucenici ucenicul ucenicilor
        ucenicie uceniciei ucenicia
        competență competențe competențelor
        educație educației educația
        creșă creșe creșele creșelor
        părinte părinți părinților
        masă mese mesele
        seară seri
        soră surori
        microcertificat microcertificate microcertificatele
    """,
    "tr": """
        kitap kitabı kitaplar kitaplarımızdan
        çocuk çocuğu çocuğun çocuklar çocuklarımızın
        ihtiyaç ihtiyacı ihtiyaçları ihtiyacımız
        şehir şehri şehirde şehrin şehirler
        öğrenci öğrenciler öğrencilerin öğrencisi
        öğretmen öğretmenler öğretmenimiz öğretmeninden
        okul okulu okullarda okulumuzun
        öğrenmek öğreniyor öğrendi öğrenenler
        eğitim eğitimi eğitimde eğitimin
        belediye belediyesi belediyeler belediyenin
        genç gençler gencin gençlere
        meslek mesleği mesleğini mesleki
        çırak çırağı çıraklar
        ağaç ağacı ağaçlar
        renk rengi renkler
        isim ismi isimler
        kayıt kaydı kayıtlar
        destek desteği desteğiyle
        burun burnu
        yemek yemeği yemekler
        akıl aklı
        derslik derslikler dersliği
        paydaş paydaşlar paydaşların
        mülteci mülteciler mültecilerin
        danışman danışmanlar danışmanı
    """,
}

DIFFERENT = {
    "en": "policy/police organ/organisation general/generation teach/teak school/scholar university/universe "
    "child/chili train/trail mother/moth",
    "es": "caso/casa profesor/profesión libro/libre curso/cura escuela/escalera madre/madera alumno/aluminio",
    "fr": "école/écologie cours/course maire/mairie classe/classique livre/livret poste/poster élève/éléphant",
    "it": "scuola/scala corso/cosa casa/caso libro/libero comune/comunicare pasto/pasta nonno/nono",
    "el": "παιδιά/πας παιδιά/πατέρας δήμος/δημοσιογράφος χώρα/χορός μήνας/μήνυμα σχολείο/σχόλιο γάλα/γάλος",
    "hr": "škola/skala grad/građanin knjiga/knjigovođa ured/urin vrt/vrat luka/lak jezik/jezero",
    "nl": "school/schot leraar/leer stad/staat werk/wens kans/kantine boer/boek maat/maand",
    "ro": "școală/scară oraș/oră carte/cartof masă/masiv elev/elegant copil/cod mere/merit",
    "tr": "kitap/kira çocuk/çorap okul/oksijen şehir/şeker ders/dert genç/gece anne/anket",
}

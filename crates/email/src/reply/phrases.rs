//! What mail programs write around a reply, in the languages that they write it in. All in lower case.

/// With a `|` between two.
pub(super) struct Phrases(&'static str);

impl Phrases {
    pub(super) fn all(&self) -> impl Iterator<Item = &'static str> {
        self.0.split('|')
    }

    pub(super) fn contains(&self, words: &str) -> bool {
        self.all().any(|it| it == words)
    }
}

/// Before the date of an attribution, as in `On Friday Ana wrote:`.
pub(super) const LEADS: Phrases =
    Phrases("on |am |le |el |em |il |op |den |dnia |w dniu |pe |på |dne |na |в |у |pada |vào ");

/// The verb of an attribution.
pub(super) const WROTE: Phrases = Phrases(
    "wrote|writes|write|schrieb|a écrit|escribió|escribio|escribía|escreveu|ha scritto|scrisse|schreef|\
     geschreven|napisał|napisała|napisał(a)|pisze|skrev|skriver|пишет|написал|написала|написал(а)|\
     написав|пише|kirjoitti|yazdı|a scris|napsal|napsal(a)|napísal|írta|έγραψε|menulis|đã viết|写道|のメール|\
     님이 작성",
);

/// The name of a header that says who wrote, as mail programs write it into a reply.
pub(super) const FROM: Phrases = Phrases(
    "from|von|de|da|van|od|från|fra|от|от кого|від|lähettäjä|kimden|gönderen|feladó|von:|从|发件人|差出人|보낸 사람",
);

pub(super) const SENT: Phrases = Phrases(
    "sent|date|gesendet|datum|envoyé|enviado|enviado el|enviada em|enviado em|fecha|inviato|data|\
     verzonden|wysłano|skickat|sendt|dato|отправлено|дата|надіслано|lähetetty|gönderilme tarihi|elküldve|\
     odesláno|发送时间|日期|送信日時|보낸 날짜",
);

pub(super) const TO: Phrases = Phrases(
    "to|an|à|a|para|aan|do|till|til|кому|vastaanottaja|kime|címzett|komu|pour|收件人|宛先|받는 사람|al",
);

pub(super) const SUBJECT: Phrases = Phrases(
    "subject|betreff|objet|asunto|oggetto|assunto|onderwerp|temat|ämne|emne|тема|aihe|konu|tárgy|předmět|\
     subiect|主题|件名|제목",
);

pub(super) const OTHER_HEADERS: Phrases = Phrases(
    "cc|kopie|copie|kopia|копия|kopi|reply-to|importance|priority|attachments|resent-from|bcc|\
     on behalf of|抄送|mailed-by",
);

/// Between dashes, above what is answered.
pub(super) const ORIGINAL: Phrases = Phrases(
    "original message|reply message|original appointment|originalnachricht|original-nachricht|\
     ursprüngliche nachricht|message d'origine|message original|mensaje original|messaggio originale|\
     mensagem original|oorspronkelijk bericht|oorspronkelijke bericht|wiadomość oryginalna|\
     oryginalna wiadomość|originalmeddelande|ursprungligt meddelande|oprindelig meddelelse|\
     opprinnelig melding|исходное сообщение|alkuperäinen viesti|özgün ileti|původní zpráva|原始邮件",
);

/// Between dashes, above what is handed on: those words are the point of the mail.
pub(super) const FORWARDED: Phrases = Phrases(
    "forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|\
     mensagem encaminhada|doorgestuurd bericht|przekazana wiadomość|vidarebefordrat meddelande|\
     videresendt meddelelse|videresendt melding|пересылаемое сообщение|пересланное сообщение|\
     edelleenlähetetty viesti",
);

/// The same, where the whole line is nothing else.
pub(super) const FORWARD_BEGINS: Phrases = Phrases(
    "begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié|\
     début du message transféré|inicio del mensaje reenviado|inizio messaggio inoltrato|\
     início da mensagem encaminhada|begin doorgestuurd bericht",
);

/// How a telephone's signature begins.
pub(super) const SENT_FROM: Phrases = Phrases(
    "sent from |sent via |sent with |sent using |get outlook for |download outlook for |von meinem |\
     gesendet von |gesendet mit |gesendet über |holen sie sich outlook für |outlook für |envoyé de |\
     envoyé depuis |envoyé avec |envoyé à partir |obtenir outlook pour |télécharger outlook pour |\
     provenance : |enviado desde |enviado con |obtener outlook para |inviato da |inviato dal |\
     inviata da |ottieni outlook per |scarica outlook per |enviado do |enviado via |enviado a partir |\
     obter o outlook para |obtenha o outlook para |verstuurd vanaf |verzonden vanaf |verzonden met |\
     download outlook voor |wysłane z |wysłano z |skickat från |hämta outlook för |sendt fra |\
     hent outlook |отправлено с |отправлено из |надіслано з ",
);

/// The same, where the language puts the device first.
pub(super) const SENT_FROM_END: Phrases = Phrases(
    " gesendet| gönderildi|から送信|에서 보냄|lähetetty iphonesta|发自我的iphone|发自我的手机",
);

/// In the footer that a list server adds.
pub(super) const LIST_FOOTER: Phrases = Phrases(
    "mailing list|mailman/listinfo|listinfo/|to unsubscribe|unsubscribe from this|subscribed to the|\
     lists.|list-unsubscribe|view it on github",
);

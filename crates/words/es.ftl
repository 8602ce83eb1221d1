# Lo que Causeway le dice a la gente, en el español de México. Los nombres son los de en.ftl. Las órdenes se escriben en inglés.

## Qué fue de un mensaje

not-yet = Todavía no se entrega a { $channel }. Se vuelve a intentar.
not-yet-for = Todavía no se entrega a { $channel }: { $why }. Se vuelve a intentar.
not-delivered = No se entregó a { $channel }: { $why }.
perhaps-not-delivered = Quizá no se entregó a { $channel }: { $why }.
beginning-delivered = A { $channel } solo llegó el principio: { $why }.

why-asked-to-wait = la plataforma pide esperar
why-unreachable = no hay conexión con la plataforma
why-put-off = la plataforma pospone el mensaje
why-not-taken = la plataforma no acepta el mensaje
why-too-large = el mensaje es más grande de lo que acepta la plataforma
why-no-answer = no hubo respuesta después de enviarlo
why-refused = la plataforma rechazó el mensaje
why-closed = el puente no tiene acceso al canal
why-stayed-closed = el puente no tuvo acceso al canal en todo el tiempo que se intentó
why-account = no se puede usar la cuenta
why-half-way = se quedó a la mitad
why-unexpected = al enviarlo pasó algo inesperado
why-stopped = el puente se detuvo mientras lo enviaba
why-on-its-way = va en camino a quienes lo leen
why-file-follows = su archivo llega después
why-unknown = el equipo sabe por qué

wrote-too-much = Escribiste más de { $limit } mensajes en un minuto. Lo que escribiste después espera a que alguien del equipo lo vea, y luego sigue su camino, en su orden.

## Lo que se le dice a una sala

words-missed = Es posible que aquí falte algo de lo que se dijo en { $channel } entre { $from } y { $to } UTC.

date = { $day } de { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
}, { $time }

## Resúmenes de reacciones

digest = { $since }:{ $lines }
    .subject = Reacciones
last-hour = En la última hora
last-hours = En las últimas { $hours } horas
since-yesterday = Desde ayer
last-days = En los últimos { $days } días
digest-line = { $counts } para { $what } ({ $author })
digest-more = { $count ->
    [1] … y para un mensaje más
   *[other] … y para { $count } mensajes más
}
quoted = “{ $words }”
quoted-photo = una foto
quoted-file = un archivo
quoted-gone = algo que se dijo hace mucho

## Lo que se le dice a alguien a solas

which-community = Aquí participas en { $number } comunidades. ¿De cuál me hablas? Elígela abajo o responde con su nombre. Te lo pregunto una sola vez; si después quieres hablar de otra, escribe su nombre.
community-meant = De ahora en adelante, lo que escribas aquí es para { $community }.
community-name = { $community }
which-community-answered = Si después quieres hablar de otra comunidad, escribe su nombre.

welcome = Hola. Participas en { $community }, y yo llevo de un canal a otro lo que ahí se dice. Lo que me escribes a solas no le llega a nadie ni se guarda. Escríbeme “help” y te digo qué puedo hacer.
help = Lo que se dice en un canal lo llevo a los demás canales de su sala. Lo que me dices a solas, aquí o con /causeway, no le llega a nadie ni se guarda. Por ahora la única orden es “help”.
asked-too-often = Me preguntaste demasiadas veces en poco tiempo, así que no te puedo atender hasta las { $again } UTC. Vuelve a pedírmelo después.
not-understood = Eso todavía no lo entiendo. No le llega a nadie ni se guarda. Escríbeme “help” y te digo qué puedo hacer.

help-screen = Lo que se dice en un canal lo llevo a los demás canales de su sala. Lo que me dices a solas, aquí o con /causeway, no le llega a nadie ni se guarda. Puedes escribir:{ $commands }
help-about = Puedes escribir:{ $commands }
    Por ejemplo: { $example }
command-line = · { $usage }: { $about }
not-understood-near = No entiendo eso. No le llega a nadie ni se guarda. Quizá quisiste escribir una de estas órdenes:{ $commands }
mistaken = No hice nada: { $why }. Escríbelo como { $usage }, por ejemplo: { $example }
why-missing = falta algo
why-too-much = escribiste más cosas de las que lleva esa orden; lo que tiene espacios va entre comillas
why-no-option = esa orden no tiene esa opción
why-not-so = algo de lo que escribiste no es de lo que va en ese lugar
why-unclosed = falta cerrar unas comillas
cannot-yet = Eso lo entiendo, pero todavía no lo sé hacer. No hice nada. Escríbeme “help” y te digo qué puedo hacer.
at-the-terminal = Eso lo hace en la terminal quien me tiene a su cargo. No hice nada. Escríbeme “help” y te digo qué puedo hacer.
for-staff = Eso es para el equipo, así que no hice nada. Escríbeme “help” y te digo qué puedo hacer por ti.

who-can-see = Lo que se dice en este canal llega a { $places }, y lo puede leer quien lea ahí. Lo que me dices a solas no le llega a nadie. Con “help” te digo qué puedo hacer.
who-can-see-here = Lo que se dice en este canal se queda en él: ningún otro canal participa en su sala. Con “help” te digo qué puedo hacer.
who-can-see-alone = Lo que me escribes a solas no le llega a nadie ni se guarda. Pregúntame en un canal y te digo dónde se lee.
place = { $number ->
    [1] { $channel }
   *[other] { $number } canales de { $channel }
}

talk-alone = Eso era para mí, así que no le llega a nadie más, y todavía no hago nada. Oprime el botón y te respondo a solas.
talk-alone-label = Hablar conmigo a solas
see-answer-label = Ver la respuesta

button-gone = Ese botón ya no existe, así que no hice nada.
button-pressed = Eso ya se decidió, así que no hice nada más.
button-of-another = Ese botón es de otra persona, así que no hice nada.
button-expired = Ya es tarde para eso, así que no hice nada.

stranger = Todavía no te conozco de ninguna de mis salas, así que no guardo nada de lo que escribes y aquí no puedo hacer nada por ti. Escribe primero en una de mis salas y luego vuelve a escribirme.
chat-not-known = No conozco este chat. Si aquí estamos solo tú y yo, escríbeme primero cualquier palabra que no empiece con diagonal (/). De un chat donde hay alguien más solo oigo las órdenes, y ahí no puedo hacer nada.
in-no-room = De este canal no llevo mensajes, así que aquí no puedo hacer nada.

## Lo que el equipo pide y cambia

asks-first = { $command }: { $effect } Si eso es lo que quieres, escribe “confirm { $code }” en los próximos 10 minutos.
yes-label = Sí, hazlo
command-label = { $command }
yes-said = A esto dijiste que sí: { $command }
taken-back = Deshiciste esto con { $command }.
done = Hecho: { $command }. { $effect }
done-undo = Hecho: { $command }. { $effect } Durante los próximos 15 minutos lo puedes deshacer con “undo”.
undo-label = Deshacer
undone = Deshecho con { $command }. { $effect }
no-such-code = No tengo pendiente ninguna pregunta para ti con ese código. No hice nada. Da la orden otra vez y te vuelvo a preguntar.
nothing-to-undo = En los últimos 15 minutos no cambiaste nada que yo pueda deshacer.
refused = No hice nada: { $why }.
no-room = no hay ninguna sala con ese nombre; “room list” muestra las que hay
no-channel = ese canal no participa aquí en ninguna sala; “room list” muestra los que sí
no-account = aquí todavía no he oído a nadie desde esa cuenta; “member list” muestra a quiénes sí
no-community = ese no es el nombre de esta comunidad
nothing-held = nada de lo retenido tiene ese id; “held list” muestra lo que hay
nothing-dead = nada de lo que no se pudo entregar tiene ese id; “dead list” muestra lo que hay
room-exists = ya hay una sala con ese nombre; elige otro
community-exists = ya hay una comunidad con ese nombre; elige otro
still-linked = todavía hay canales que participan en esa sala; sácalos primero, o escribe “unlink” al final de la línea
in-another-room = ese canal ya participa en una sala, y solo puede participar en una; “room unlink” lo saca de ella
of-another-community = ese canal participa en otra comunidad
one-already = esas cuentas ya son de la misma persona
not-served = no estoy en esa plataforma
private-chat = ese es el chat a solas de alguien conmigo, y no puede participar en una sala
perhaps-anothers = varias comunidades me comparten, y ese canal puede ser de otra; primero lo tiene que conectar quien me tiene a su cargo
open-already = ese canal ya está abierto
closed-already = ese canal ya está descansando

effect-room-add = { $channels ->
    [0] La sala está lista y vacía. “room link” hace que un canal participe en ella.
    [1] La sala está lista, con un canal. Hacen falta dos para que yo lleve algo.
   *[other] La sala está lista, y lo que se dice en uno de sus { $channels } canales llega a los demás.
}
effect-room-link = { $others ->
    [0] Es el primer canal de la sala. Hacen falta dos para que yo lleve algo.
    [1] Lo que se dice ahí llega al otro canal de la sala, y al revés.
   *[other] Lo que se dice ahí llega a los otros { $others } canales de la sala, y al revés.
}
effect-room-unlink = Ya no llevo nada a ese canal ni desde él{ $waiting ->
    [0] {"."}
    [1] , y un mensaje en espera no se envía.
   *[other] , y { $waiting } mensajes en espera no se envían.
} Lo que ya se dijo se queda.
effect-most-parts = { $most ->
    [1] Ahí, un texto que no cabe en un mensaje va como archivo.
   *[other] Ahí, un texto que no cabe en { $most } mensajes va como archivo.
}
effect-no-limit = Ahí, un texto va en tantos mensajes como haga falta.
effect-default-limit = Los textos largos van ahí como dice la configuración.
effect-room-rename = Conserva sus canales y todo lo que se dijo en ella.
effect-room-remove = { $channels ->
    [0] La sala está vacía.
    [1] Un canal deja de participar.
   *[other] { $channels } canales dejan de participar.
}{ $waiting ->
    [0] {""}
    [1] {" "}Un mensaje en espera ahí no se envía.
   *[other] {" "}{ $waiting } mensajes en espera ahí no se envían.
} Lo que ya se dijo queda registrado.
effect-link-open = { $waiting ->
    [0] El canal vuelve a participar.
    [1] El canal vuelve a participar, y recibe el mensaje que estaba en espera.
   *[other] El canal vuelve a participar, y recibe los { $waiting } mensajes que estaban en espera.
}
effect-link-suspend = { $readers ->
    [0] Por ahora no llevo nada al canal. Lo que se diga mientras tanto queda en espera.
    [1] Por ahora no llevo nada al canal ni a la única persona que lo lee. Lo que se diga mientras tanto queda en espera.
   *[other] Por ahora no llevo nada al canal ni a las { $readers } personas que lo leen. Lo que se diga mientras tanto queda en espera.
}
effect-in-english = De ahora en adelante, cuando te responda a solas te hablo en inglés.
effect-in-spanish = De ahora en adelante, cuando te responda a solas te hablo en español.
effect-in-communitys = De ahora en adelante, cuando te responda a solas te hablo en el idioma de la comunidad.
effect-member-join = De ahora en adelante las dos cuentas son de la misma persona. Esa persona lo puede deshacer con “disconnect”.
effect-mentions-account = Las menciones le avisan a esa persona en sus otras plataformas.
effect-mentions-name = En otras partes, las menciones son solo el nombre de esa persona y no le avisan a nadie.
effect-held-release = { $count ->
    [1] Un mensaje sigue su camino, como si llegara ahora.
   *[other] { $count } mensajes siguen su camino, en su orden, como si llegaran ahora.
}
effect-held-drop = { $count ->
    [1] Un mensaje se descarta, y nadie se entera de él.
   *[other] { $count } mensajes se descartan, y nadie se entera de ellos.
}
effect-dead-retry = { $count ->
    [1] Una entrega se vuelve a intentar.
   *[other] { $count } entregas se vuelven a intentar.
}
effect-dead-drop = { $count ->
    [1] Una entrega se abandona para siempre. Queda registrada.
   *[other] { $count } entregas se abandonan para siempre. Quedan registradas.
}
effect-community-rename = Conserva sus salas, su gente y todo lo que se dijo. Quien me tiene a su cargo tiene que escribir el nombre nuevo como community.name en la configuración: sin eso no vuelvo a arrancar.

told = { $told }
rooms-told = { $count ->
    [0] Todavía no hay salas. “room add NAME CHANNEL CHANNEL” crea una.
    [1] Una sala:{ $lines }
    “room link ROOM CHANNEL” hace que un canal participe en ella.
   *[other] { $count } salas:{ $lines }
    “room link ROOM CHANNEL” hace que un canal participe en una.
}
heard-told = { $count ->
    [0] Todos los canales donde he oído algo participan en una sala. Escribe algo en otro en el que yo esté, y vuelve a ver.
    [1] Un canal no participa en ninguna sala:{ $lines }
    “room link ROOM CHANNEL” lo hace participar.
   *[other] { $count } canales no participan en ninguna sala:{ $lines }
    “room link ROOM CHANNEL” hace participar a uno.
}
heard-elsewhere = Varias comunidades me comparten, y los canales sin sala pueden ser de cualquiera: quien me tiene a su cargo los ve en la terminal.
links-told = { $count ->
    [0] Todavía ningún canal de ahí participa en una sala. “room link ROOM CHANNEL” hace participar a uno.
    [1] Un canal:{ $lines }
    “link suspend CHANNEL” lo deja descansar y “link open CHANNEL” lo vuelve a intentar.
   *[other] { $count } canales:{ $lines }
    “link suspend CHANNEL” deja descansar a uno y “link open CHANNEL” lo vuelve a intentar.
}
members-told = { $count ->
    [0] Aquí todavía no he oído a nadie.
    [1] Una persona:{ $lines }
    Quien usa dos plataformas me escribe “connect”, y es una sola persona.
   *[other] { $count } personas, primero las que llevan más tiempo:{ $lines }
    Quien usa dos plataformas me escribe “connect”, y es una sola persona.
}
roles-told = { $count ->
    [0] Aquí nadie es del equipo. Quien me tiene a su cargo nombra al equipo en la configuración, en community.staff.
    [1] Una persona es del equipo:{ $lines }
   *[other] { $count } personas son del equipo:{ $lines }
}
held-told = { $count ->
    [0] No hay nada esperando al equipo.
   *[other] { $count } en espera, primero lo más antiguo:{ $lines }
    “held release ID” deja pasar uno y “held drop ID” lo descarta.
}
dead-told = { $count ->
    [0] Todo se entregó.
   *[other] { $count } sin entregar, primero lo más antiguo:{ $lines }
    “dead retry ID” intenta uno otra vez y “dead drop ID” lo deja así.
}
thread-told = { $count ->
    [0] Nada tiene ese id. “dead list” y “held list” muestran los id.
   *[other] Va a { $count ->
        [1] un canal
       *[other] { $count } canales
    }:{ $lines }
}
status-told = { $count ->
    [0] Todo está bien.{ $lines }
    [1] Hay una cosa que necesitas ver:{ $lines }
    “dead list” y “held list” dan más detalles.
   *[other] Hay { $count } cosas que necesitas ver:{ $lines }
    “dead list” y “held list” dan más detalles.
}
line-told = · { $line }
more-told = … y { $count ->
    [1] 1 más
   *[other] { $count } más
}
link-active = participa
link-closed = cerrado: { $why }
link-rests = descansa
of-staff = del equipo
rings = las menciones le avisan
no-channels = todavía sin canales
delivery-sent = enviado
delivery-waits = en espera
delivery-dead = se dejó de intentar
delivery-held = retenido
delivery-not = no se envía
waiting-told = { $channel }: { $count ->
    [1] un mensaje en espera
   *[other] { $count } mensajes en espera
}, desde hace { $since }
hours-long = { $hours ->
    [1] una hora
   *[other] { $hours } horas
}
minutes-long = { $minutes ->
    [1] un minuto
   *[other] { $minutes } minutos
}
days-long = { $days ->
    [1] un día
   *[other] { $days } días
}

## Lo que va alrededor de un mensaje

sent-at = enviado a las { $time } UTC
someone = Alguien

photo = foto
video = video
animation = animación
audio = audio
voice = mensaje de voz
sticker = sticker
file = archivo
bytes = { $size } bytes
kilobytes = { $size } kB
megabytes = { $size } MB
gigabytes = { $size } GB

file-note = [{ $file } — { $why }]
file-note-link = [{ $file } — { $why }; durante { $days ->
    [1] un día
   *[other] { $days } días
} está aquí:] { $link }
file-note-elsewhere = [{ $file } — { $why }; está en { $platform }]

no-files-here = este canal no acepta archivos
file-empty = el archivo está vacío
file-too-large = es demasiado grande para este canal
file-slow = tarda en llegar; si se puede, viene después
file-withheld-now = la plataforma donde está no entrega el archivo por ahora; si se puede, viene después
file-unkept-now = el puente no puede guardar el archivo por ahora; si se puede, viene después
text-too-long = es demasiado largo para este canal
text-unkept = el puente no lo puede guardar ahora

whole-text = el texto completo
whole-text-long = (… { whole-text } es de { $length })
whole-text-below = (… { whole-text }, { $length }, está en { $files ->
    [1] el archivo
   *[other] los { $files } archivos
} de abajo)
pages = { $pages ->
    [1] alrededor de una página
   *[other] alrededor de { $pages } páginas
}
text-of = De { $author }
text-file = { $about } ({ $number } de { $of })
text-unnamed = Texto

## Lo que se puede responder donde no hay botones

choices = Responde con un número:{ $choices }
choice = { $number }. { $label }

## Las órdenes, una línea de ayuda para cada una

help-on-everyday = lo que cualquiera puede pedirme
help-on-help = qué puedo hacer, o todo sobre una cosa
    .example = help room
help-on-start = saludar
    .example = start
help-on-rest = que ninguna mención te llame en otras partes por un tiempo; los mensajes siguen llegando
    .example = rest 2 weeks
help-on-private = que lo que dices se quede donde lo dices, o un mensaje con “#local”
    .example = private on
help-on-mydata = todo lo que guardo de ti
    .example = mydata
help-on-forget-me = que me olvide de ti y de lo que dijiste
    .example = forget me
help-on-who-can-see = dónde se lee lo que se dice aquí
    .example = who can see this
help-on-confirm = decir que sí a lo que pregunté, con su código
    .example = confirm 7K3Q
help-on-undo = deshacer lo último que cambiaste
    .example = undo
help-on-staff = más: para el equipo
help-on-me = lo que es solo sobre ti
help-on-me-language = en qué idioma te hablo, o default para el de la comunidad
    .example = me language español
help-on-status = cómo va todo
help-on-status-show = qué está fallando, qué está en espera y cómo se arregla
    .example = status
help-on-room = qué canales comparten una conversación
help-on-room-list = todas las salas con sus canales
    .example = room list
help-on-room-heard = canales donde oí algo y que no están en ninguna sala
    .example = room heard
help-on-room-add = crear una sala, con o sin sus primeros canales
    .example = room add “spring fair” telegram:-1001234567890 email:spring@lists.example.org
help-on-room-link = hacer que un canal participe en una sala
    .example = room link spring telegram:-1001234567890
help-on-room-unlink = sacar un canal de su sala; lo que ya se dijo se queda
    .example = room unlink telegram:-1001234567890
help-on-room-set = cuántos mensajes puede ocupar un texto largo antes de ir como archivo
    .example = room set spring most-parts=3
help-on-room-rename = darle otro nombre a una sala
    .example = room rename spring “summer fair”
help-on-room-remove = quitar una sala; lo que ya se dijo queda registrado
    .example = room remove spring unlink
help-on-link = si los canales participan en sus salas
help-on-link-list = los canales con sus salas, y cuáles están cerrados
    .example = link list
help-on-link-open = volver a intentar un canal cerrado
    .example = link open telegram:-1001234567890
help-on-link-suspend = dejar descansar un canal; lo que se diga queda en espera
    .example = link suspend telegram:-1001234567890
help-on-member = de quién es cada cuenta
help-on-member-list = a quiénes he oído, con sus cuentas
    .example = member list
help-on-member-join = decir que dos cuentas son de la misma persona
    .example = member join telegram:123456 slack:U024BE7LH
help-on-member-mentions = si una mención le avisa a alguien en otras partes o es solo su nombre
    .example = member mentions telegram:123456 account
help-on-held = lo que espera al equipo antes de llegarle a alguien
help-on-held-list = qué está en espera, de quién dice ser y por qué espera
    .example = held list
help-on-held-release = dejarlo pasar, como si llegara ahora
    .example = held release 1h7k2m9p4q8rs
help-on-held-drop = descartarlo para siempre
    .example = held drop all
help-on-dead = lo que no se pudo entregar
help-on-dead-list = qué no se pudo entregar, dónde y por qué
    .example = dead list
help-on-dead-retry = volver a intentarlo
    .example = dead retry all
help-on-dead-drop = abandonarlo para siempre; queda registrado
    .example = dead drop 1h7k2m9p4q8rs
help-on-thread = una conversación dentro de una sala
help-on-thread-show = dónde está un mensaje y a dónde le falta llegar
    .example = thread show 1h7k2m9p4q8rs
help-on-role = quién puede hacer qué
help-on-role-list = quién es del equipo
    .example = role list
help-on-community = la comunidad
help-on-community-rename = darle otro nombre a la comunidad
    .example = community rename “Spring Fair” Summer
help-on-config = la configuración del programa
help-on-config-check = si la configuración sirve
    .example = config check
help-on-config-defaults = cada ajuste con lo que significa y su valor
    .example = config defaults

param-name = su nombre
param-channel = plataforma:id, como telegram:-1001234567890
param-account = plataforma:cuenta, como telegram:123456
param-id = su id en la lista, o cómo empieza ese id
param-which = los id de la lista, o all
param-code = el código que se te dijo
param-door = la palabra con la que se llega
param-switch = on u off
param-language = english, español o default
param-mentioned-by = account, que avisa, o name, que no avisa
param-most-parts = un número de mensajes, 0 para que no haya límite, o default
param-topic = una palabra que la ayuda conoce
param-how-long = como 2 weeks, until Monday u off
param-flag = yes, o nada

## Quién puede, quién aceptó y quién quiere que lo dejen en paz

for-members = Eso es para la gente de esta comunidad, y todavía no te he oído en sus salas. Escribe primero ahí.
for-admins = Eso es para el equipo y para quien administra este canal, y no hice nada. Escríbeme “help” y te digo qué puedo hacer por ti.
codes-guessed = Hubo demasiados códigos equivocados, así que por ahora no pruebo ninguno. Vuelve a pedírmelo en una hora.
talk-alone-done = Eso era para mí, así que no le llega a nadie más, y ya está hecho. Oprime el botón y te respondo a solas.
link-no-room = No hice nada: no tengo ninguna sala con ese nombre. Pregúntale cómo se llama a quien cuida la comunidad, y escribe otra vez “link here ROOM”.
joined = Este canal comparte una conversación con { $places }, en { $community }. Lo que se dice aquí se lee allá y lo que se dice allá se lee aquí: palabras, archivos y reacciones, con el nombre de quien los manda.
    Guardo las palabras { $days ->
        [1] un día
       *[other] { $days } días
    }, y el dato de que se dijo algo { $months ->
        [1] un mes
       *[other] { $months } meses
    }. Cada quien me puede escribir, en un chat a solas o después de /causeway, como “/causeway private on”:
    { $commands }
    Y “#local” en cualquier parte de un mensaje hace que ese se quede aquí.
    .subject = Esta lista está unida con otros canales
to-be-joined = Este canal va a compartir una conversación con { $places }, en { $community }. Cuando lo haga, lo que se diga aquí se leerá allá y lo que se diga allá se leerá aquí: palabras, archivos y reacciones, con el nombre de quien los manda. Eso puede incluir lo que digas de ahora en adelante.
    Guardo las palabras { $days ->
        [1] un día
       *[other] { $days } días
    }, y el dato de que se dijo algo { $months ->
        [1] un mes
       *[other] { $months } meses
    }. Cada quien me puede escribir, en un chat a solas o después de /causeway, como “/causeway private on”:
    { $commands }
    Y “#local” en cualquier parte de un mensaje hace que ese se quede aquí.
    .subject = Esta lista se va a unir con otros canales
no-places-yet = los demás de su sala, que todavía no tiene ninguno
may-it-go = Lo que dijiste todavía no sale de aquí: esta sala le pregunta una vez a cada quien. ¿Puedo llevar lo que digas aquí a { $places }, con tu nombre? Escríbeme “agree” o “disagree” en los próximos 7 días. Mientras tanto espera; sin un sí no va a ninguna parte, y lo borro. Con “agreement” te digo más.
may-go-label = Sí, llévalo
may-not-go-label = No, que se quede aquí
may-go-said = Aceptaste: lo que digas en las salas sigue su camino, y también lo que esperaba. Con “disagree” lo puedes terminar cuando quieras.
may-not-go-said = Dijiste que no. Lo que esperaba no fue a ninguna parte, y lo borré. De ahora en adelante nada de lo que digas aquí en ninguna sala va a otros canales. Con “agree” lo cambias.
never-went = Te pregunté si podía llevar lo que dijiste, y pasaron 7 días sin respuesta: no fue a ninguna parte, y lo borré. Cuando vuelvas a decir algo ahí, te pregunto otra vez.
effect-agree-relay = { $waiting ->
    [0] Llevo lo que dices en las salas.
    [1] El mensaje en espera ya sale, y también lo que digas de ahora en adelante.
   *[other] Tus { $waiting } mensajes en espera ya salen, en su orden, y también lo que digas de ahora en adelante.
} Con “disagree relay” lo puedes terminar cuando quieras.
effect-disagree-relay = De ahora en adelante, nada de lo que digas va a otros canales.{ $waiting ->
    [0] {""}
    [1] {" "}Había un mensaje en espera; no va a ninguna parte, y lo borré.
   *[other] {" "}Había { $waiting } mensajes en espera; no van a ninguna parte, y los borré.
} Lo que ya salió se queda donde está. Con “agree relay” vuelve a salir lo que digas.
effect-agree-pulse = Anoté tu sí. Aquí todavía no le pregunto a nadie.
effect-disagree-pulse = Anoté tu no.
effect-agree-stories = Anoté tu sí. Aquí todavía no pido historias.
effect-disagree-stories = Anoté tu no.
agreement-told = { $text }

    Esta es la versión { $version }, desde el { $since }. A cada cosa le dices sí o no por separado, como “agree stories” o “disagree stories”, y lo puedes cambiar cuando quieras.{ $lines }
agreement-plain = Lo que dices en una sala de { $community } llega a los demás canales de esa sala, con tu nombre, para que gente de otras plataformas pueda platicar contigo. Las palabras se guardan unos días, y no se le dan a nadie más. Tú decides qué más se puede hacer.
aim-relay = que lo que dices en las salas llegue a sus demás canales
aim-metrics = que cuentes en los números de toda la comunidad, que no nombran a nadie
aim-pulse = que de vez en cuando te pregunte cómo estás
aim-stories = que te pida historias, que se cuentan como tú digas
aim-line = · { $aim } ({ $about }): { $said }
said-yes = sí, desde el { $since }
said-no = no, desde el { $since }
yes-without-a-word = sí, mientras no digas que no
no-without-a-word = no, mientras no digas que sí
unagreed-told = { $count ->
    [1] Un mensaje espera a que su autor acepte que salga.
   *[other] { $count } mensajes esperan a que sus autores acepten que salgan.
}

connect-code = Escríbeme esto en la otra plataforma en los próximos 15 minutos: connect { $code }. Luego te pregunto aquí una vez más, y lo que me pidas vale para tus dos cuentas. No le enseñes el código a nadie.
connect-asks = Ese código se le mostró a { $who } en { $channel }. Si eres tú, escribe “confirm { $code }” en los próximos 10 minutos, y te pregunto allá también. Si no, déjalo así: no hice nada.
connect-asked = Ahora ve a { $channel }: ahí le pregunté a { $who } si eres tú.
connect-confirm = Di que sí solo si tú empezaste esto: { $who } en { $channel } dice que es tú. Quien use esa cuenta podría hacer aquí todo lo que tú puedes. Si eres tú, escribe “confirm { $code }” en los próximos 10 minutos; si alguien más te lo pidió, di que no.
connect-yes-label = Sí, esa cuenta es mía
connect-no-label = No
connected = Hecho: para mí, tú y { $who } en { $channel } ya son la misma persona. Con “disconnect” lo puedes terminar.
connect-declined = No uní nada: { $who } en { $channel } es alguien más.
disconnected = De ahora en adelante, para mí tu cuenta y { $who } en { $channel } son dos personas.
above-them = nadie da ni quita un papel más alto que el suyo; pídeselo a alguien que sea “owner” de esta comunidad
granted-already = esa persona ya tiene ese papel
not-granted = nadie le dio aquí ese papel a esa persona; a quien está en la configuración como equipo lo quita ahí quien me tiene a su cargo
last-owner = una comunidad que tiene “owner” conserva uno; nombra primero a alguien más
owned-already = esta comunidad ya tiene “owner”, que puede nombrar a otros con “role grant”
not-reached = ahora no le puedo preguntar a esa persona; en la otra plataforma, escríbeme primero a solas, pide ahí un código nuevo y vuelve a intentarlo
no-code = ese código está mal, ya se usó o es muy viejo; pide uno nuevo donde te lo dieron
alone-already = esta cuenta ya va por separado
effect-room-set-both = { $parts } { $first }
effect-first-wait = A quien diga algo ahí por primera vez se le pregunta antes: espera su sí, 7 días cuando mucho.
effect-first-go = Lo que la gente diga ahí sale de inmediato. Lo que espera un sí lo sigue esperando.
nothing-to-set = di qué hay que ajustar, como en “room set spring first-messages=wait”
effect-room-announce = A todos ahí se les avisa que el canal se va a unir a la sala.
effect-room-link-history = { $others ->
    [0] Es el primer canal de la sala, que necesita dos para llevar algo.
    [1] Lo que se diga ahí llega al otro canal de la sala, y al revés; también lo que se dijo ahí desde que se avisó.
   *[other] Lo que se diga ahí llega a los otros { $others } canales de la sala, y al revés; también lo que se dijo ahí desde que se avisó.
}
not-announced = ahí todavía no se le avisa a nadie que el canal se va a unir, y nada de lo de antes se lleva; escribe primero “room announce”, o únelo sin su historia
effect-role-grant = Esa persona tiene este papel aquí, desde cualquiera de sus cuentas.
effect-role-grant-staff = Esa persona puede hacer aquí lo que puede el equipo, desde cualquiera de sus cuentas.
effect-role-grant-owner = Esa persona es “owner” de esta comunidad igual que tú: puede hacer todo, y decir quién más puede.
effect-role-revoke = Esa persona ya no tiene este papel aquí.
effect-owner = Eres “owner” de esta comunidad: aquí puedes hacer todo, y con “role grant” dices quién más puede.
effect-disconnect = Esta cuenta vuelve a ir por separado, y también lo que hizo. De los dos lados se conserva lo que pediste: private, name, rest.
effect-private-on = De ahora en adelante, lo que dices solo se lee donde lo dices. Lo que estaba por salir ya no sale. Lo que otros ya tienen se queda con ellos; si lo borras donde lo escribiste, yo borro sus copias donde pueda. Cuando alguien te responde, tus palabras no viajan con la respuesta. Una lista de correo sigue mandando tu correo a sus propios miembros. Con “private off” lo terminas.
effect-private-off = Lo que digas de ahora en adelante vuelve a llegar a los demás canales; las salas que preguntan antes te pueden preguntar. Lo que dijiste mientras tanto se queda donde está. Para que un solo mensaje se quede, escribe “#local” en él al mandarlo.
effect-name-off = En otras partes te llamas “Integrante” con un número, sin tu foto y sin los nombres de tus archivos. Lo que ya está ahí con tu nombre así se queda. Con “name on” lo terminas.
effect-name-on = De ahora en adelante vuelves a ir con tu nombre. Lo que dijiste sin él se queda sin él.
effect-metrics-off = { $rows ->
    [0] De ahora en adelante no te cuento. No había nada contado.
    [1] De ahora en adelante no te cuento, y borré el único dato que había de ti.
   *[other] De ahora en adelante no te cuento, y borré los { $rows } datos que había de ti.
} Con “metrics on” te vuelvo a contar.
effect-metrics-on = De ahora en adelante te cuento: cuándo hablaste y cuánto, y ni una palabra de lo que dijiste. Con “metrics off” lo terminas.
effect-rest-until = Te dejo en paz hasta el { $until } UTC de { $year }: solo te digo lo que me pidas o lo que esperes, y ninguna mención te llama en otras partes. Con “rest off” termina antes.
effect-rest = Te dejo en paz hasta que escribas “rest off”: solo te digo lo que me pidas o lo que esperes, y ninguna mención te llama en otras partes.
effect-rest-off = Ya no descansas: las menciones te llaman como antes.
day-over = ese día ya pasó
role-line = { $account }: { $role }
audit-told = { $count ->
    [0] El equipo todavía no ha cambiado nada aquí, hasta donde se guarda.
    [1] Aquí se hizo un cambio:{ $lines }
   *[other] Aquí se hicieron { $count } cambios, primero los más recientes:{ $lines }
}
audit-line = { $when }, { $who }: { $verb }. { $effect }
by-the-terminal = en la terminal
by-somebody = alguien
member = Integrante { $number }
answers-what-stays = En respuesta a algo que se queda donde se dijo
help-on-name = que te lleve sin tu nombre, o con él otra vez
    .example = name off
help-on-metrics = que no te cuente, o que te vuelva a contar
    .example = metrics off
help-on-agreement = qué te pide aceptar esta comunidad, y qué dijiste
    .example = agreement
help-on-agree = decir que sí: lo que dices puede salir; o a otra cosa
    .example = agree relay
help-on-disagree = decir que no: lo que dices ya no sale; o a otra cosa
    .example = disagree relay
help-on-room-announce = avisar a todos en un canal que va a participar
    .example = room announce spring telegram:-1001234567890
help-on-role-grant = darle un papel a alguien
    .example = role grant telegram:123456 steward
help-on-role-revoke = quitarle un papel a alguien
    .example = role revoke telegram:123456 steward
help-on-audit = qué hizo el equipo aquí
help-on-audit-list = qué hizo el equipo aquí, y cuándo
    .example = audit list
help-on-connect = decir que usas dos plataformas: aquí te doy un código y allá me lo escribes
    .example = connect
help-on-disconnect = que esta cuenta vuelva a ir por separado
    .example = disconnect
help-on-owner = ser “owner” de esta comunidad, con el código que muestra la terminal
    .example = owner 7K3QH2M9
help-on-link-here = que el canal donde lo escribes participe en una sala
    .example = link here “Spring Fair”
help-on-link-leave = que el canal donde lo escribes deje de participar en su sala
    .example = link leave
param-role = owner, steward, staff, trainer, catalyst, participant u observer
param-yes-or-no = yes o no
param-aim = relay, metrics, pulse o stories
param-first-messages = wait, para esperar el sí de quien habla por primera vez, o go

## Quién lee y qué se guarda

seen-told = { $where } { $kept }{ $wish } { $staff }{ $page }
seen-alone = Lo que me escribes a solas no le llega a nadie ni se guarda. Pregúntame en un canal y te digo dónde se lee.{ $wish } Con “mydata” te mando lo que guardo de ti.{ $page }
seen-here = Lo que se dice en este canal se queda en él: ningún otro canal participa en su sala.
seen-by = Lo que se dice en este canal llega a { $places }, y lo puede leer quien lea ahí.
seen-by-readers = Lo que se dice en este canal llega a { $places }, y lo puede leer quien lea ahí. { $readers ->
    [1] A una persona le llega por correo.
   *[other] A { $readers } personas les llega por correo.
}
seen-kept = Guardo las palabras { $days ->
    [1] un día
   *[other] { $days } días
}, y el dato de que se dijo algo { $months ->
    [1] un mes.
   *[other] { $months } meses.
}
seen-wish = { $private ->
    [1] {" "}Ahora estás en privado: lo que dices solo se lee donde lo dices.
   *[other] {""}
}{ $nameless ->
    [1] {" "}Lo que dices va sin tu nombre.
   *[other] {""}
}{ $uncounted ->
    [1] {" "}No te cuento.
   *[other] {""}
}{ $rests ->
    [1] {" "}Descansas: ninguna mención te llama.
   *[other] {""}
}
seen-staff = { $count ->
    [0] Aparte de ellos, solo quien tiene a su cargo la máquina donde estoy podría leer lo que se guarda.
    [1] Una persona del equipo también puede leer lo que espera al equipo antes de salir. Quien tiene a su cargo la máquina donde estoy podría leer lo que se guarda.
   *[other] { $count } personas del equipo también pueden leer lo que las espera antes de salir. Quien tiene a su cargo la máquina donde estoy podría leer lo que se guarda.
} Con “mydata” te mando lo que guardo de ti.
seen-page = {" "}Todo esto, para cualquiera: { $address }
without-page = {""}
help-and-page = { $help }
    Qué se guarda y a dónde va: { $address }
privacy-heading = Qué lleva y qué guarda { $community }
privacy-made = La gente de { $community } platica en varias plataformas. Causeway lleva lo que se dice en una sala de cada uno de sus canales a los demás. Esta página se hace con los ajustes y la base de datos como están ahora.
privacy-goes = A dónde va
privacy-goes-nowhere = Todavía no participa ningún canal.
privacy-kept = Qué se guarda, y cuánto tiempo
privacy-words = Palabras, asuntos, y los nombres y descripciones de los archivos: { $days ->
    [1] un día.
   *[other] { $days } días.
} Lo que para entonces sigue en camino se guarda cuando mucho el doble.
privacy-metadata = El dato de que se dijo algo, cuándo, dónde y quién lo dijo, y dónde están sus copias: { $months ->
    [1] un mes.
   *[other] { $months } meses.
} Los nombres y las cuentas se borran cuando su dueño lo pide.
privacy-numbers = Números de cómo participa la gente, sin una sola palabra, con una clave en vez del nombre: { $months ->
    [1] un mes.
   *[other] { $months } meses.
}
privacy-files = Los archivos pasan de largo, y aquí se quedan cuando mucho { $days ->
    [1] un día.
   *[other] { $days } días.
} Solo los ve quien los recibe.
privacy-hashes = Una huella de cada mensaje, de la que no se puede leer nada, para no llevar nada dos veces: 14 días. La de un mensaje cuyo autor pidió que lo olvide se queda, para que no vuelva.
privacy-log = La bitácora del programa tiene números e identificadores: ni palabras, ni nombres de personas, ni direcciones.
privacy-not-kept = Qué no se guarda
privacy-not-alone = Lo que la gente le escribe al puente a solas: ni una palabra.
privacy-not-linked = Lo que se dice en canales que no participan en ninguna sala: ni una palabra.
privacy-not-places = El lugar donde se tomó una foto: se quita antes de que salga.
privacy-can = Qué puedes hacer
privacy-commands = Escríbele una de estas al puente a solas, o con /causeway en un canal, o por correo a la dirección de la lista que termina en -request:
privacy-reads = Quién lo lee
privacy-staff = { $count ->
    [0] Quien lee los canales de una sala.
    [1] Quien lee los canales de una sala. Una persona del equipo lee lo que espera al equipo antes de que alguien se entere.
   *[other] Quien lee los canales de una sala. { $count } personas del equipo leen lo que las espera antes de que alguien se entere.
}
privacy-operator = Quien tiene las llaves de la máquina puede leer lo que ahí se guarda, y se obliga a lo que dice esta página.
privacy-agreed = Lo que la gente acepta aquí (versión { $version })
privacy-who-runs = Quién lo tiene a su cargo
privacy-run-by = { $community }.
privacy-language = Aquí el puente habla este idioma: { $language }

## Lo que guardo de alguien, y cómo lo olvido

mydata-here = { $files ->
    [0] No guardo nada de ti en { $community }.
   *[other] Esto es todo lo que guardo de ti en { $community }, de todas tus cuentas: como JSON para programas, y como mbox, que abren los programas de correo. { $messages ->
        [0] No sé de ningún mensaje tuyo.
        [1] Trae un mensaje tuyo.
       *[other] Trae { $messages } mensajes tuyos.
    }{ $wordless ->
        [0] {""}
        [1] {" "}De uno de ellos ya no se guardan las palabras, solo cuándo y dónde lo dijiste.
       *[other] {" "}De { $wordless } de ellos ya no se guardan las palabras, solo cuándo y dónde los dijiste.
    } No trae nada de otras personas. Estos archivos no se guardan aquí. Con “forget me” te olvido.
}
mydata-nothing = No guardo nada de ti aquí.
mydata-nowhere = Por aquí no pasan archivos, así que no salió nada de lo que guardo de ti. Escríbeme “mydata” a solas, donde sí se pueden mandar.
mydata-again = Lo que guardo de ti esperó demasiado para salir. Escribe “mydata” otra vez y te lo mando de inmediato.
mydata-often = Hoy ya te mandé tres veces lo que guardo de ti, y no lo mando más seguido. Pídemelo otra vez mañana.
mydata-alone = Lo que guardo de ti te llega solo a ti, en archivos, y por aquí no se pueden mandar. Escríbeme “mydata” en nuestro chat a solas.
effect-forget-me = { $messages ->
    [0] No sé de ningún mensaje tuyo.
    [1] Borro aquí tu único mensaje.
   *[other] Borro aquí tus { $messages } mensajes.
} Olvido tus nombres, tus cuentas y lo que pediste, y retiro las copias que están en otras partes: { $copies }.{ $mails ->
    [0] {""}
    [1] {" "}Lo que salió como un correo ya no se puede retirar.
   *[other] {" "}Lo que salió como { $mails } correos ya no se puede retirar.
} Los archivos que mandaste pueden seguir aquí mientras se guardan las palabras. Lo que escribiste se queda donde lo escribiste; solo tú lo puedes borrar ahí. Esto no se puede deshacer. Cuando termine te escribo a solas.
forgetting-goes-on = Te estoy olvidando, y retirando { $messages ->
    [1] un mensaje.
   *[other] { $messages } mensajes.
} Hasta ahora:{ $lines }
forgotten-told = Aquí ya te olvidé: { $messages ->
    [0] no sabía de ningún mensaje tuyo.
    [1] borré un mensaje.
   *[other] borré { $messages } mensajes.
}{ $lines }
    Lo que no se pudo retirar está en buzones y canales de otras personas: pídeles que lo borren. Lo que dijiste se queda donde lo dijiste, y ahí lo puedes borrar tú. Con este mensaje también olvido este chat. Si vuelves a escribir en una sala, para mí eres alguien nuevo.
forgotten-line = { $platform }: { $number ->
    [1] 1 mensaje retirado
   *[other] { $number } mensajes retirados
}
forgotten-cannot = , { $number ->
    [1] 1 ya no se puede retirar ahí
   *[other] { $number } ya no se pueden retirar ahí
}
forgotten-refused = , { $number } no: la plataforma no quiso
forgotten-open = , { $number } por retirar
forgotten-named = Quien me tiene a su cargo te nombra en la configuración, y esa no la puedo cambiar: pídele por favor que te quite de ahí.

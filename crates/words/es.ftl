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
effect-member-join = Las dos cuentas son de la misma persona, y así se quedan.
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
    “member join ACCOUNT ACCOUNT” dice que dos cuentas son de la misma persona.
   *[other] { $count } personas, primero las que llevan más tiempo:{ $lines }
    “member join ACCOUNT ACCOUNT” dice que dos cuentas son de la misma persona.
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
help-on-rest = no saber de mí por un tiempo
    .example = rest 2 weeks
help-on-private = que lo que dices se quede donde lo dices, o que se vuelva a llevar a otros canales
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
help-on-staff = lo que es del equipo: salas, gente, lo que está en espera, cómo va todo
help-on-me = lo que es solo sobre ti
help-on-me-language = en qué idioma te hablo, o default para el de la comunidad
    .example = me language español
help-on-status = cómo está el puente
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

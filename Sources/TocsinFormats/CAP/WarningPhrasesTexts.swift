extension WarningPhrases {
    static let english = WarningPhrases(
        language: "en",
        event: "Air threat",
        exercise: "EXERCISE",
        exerciseNote: "This is an exercise. There is no danger.",
        headline: Stages(
            watch: "Air threat: prepare to take shelter – {area}",
            takeShelter: "Air threat: take shelter now – {area}",
            clearing: "Stay in shelter – {area}",
            quiet: "All clear – {area}",
            expired: "Warning has run out – {area}"),
        description: Stages(
            watch: "A threat from the air may reach {area}.",
            takeShelter: "A threat from the air may reach {area} within the time you need to get to shelter.",
            clearing: "The threat to {area} seems to be passing, but it is not over.",
            quiet: "The air threat to {area} is over.",
            expired: "The air warning for {area} has ended because its time ran out. Nothing new is known."),
        instruction: Stages(
            watch: "Find out where your nearest shelter is. Be ready to go at once. Watch for further messages.",
            takeShelter: "Go to a shelter or an inner room without windows now. Stay away from windows.",
            clearing: "Stay in shelter until the all-clear.",
            quiet: "You may leave shelter. Do not touch debris. Report it.",
            expired: "Look around before you leave shelter. Keep watching for messages."),
        passing: " Most probably it passes; if it comes:",
        times: " Earliest {earliest}, most likely {likely}, latest {latest} (local time, {zone}).",
        minutesLeft: " At least {minutes} min are left.")

    static let german = WarningPhrases(
        language: "de",
        event: "Gefahr aus der Luft",
        exercise: "ÜBUNG",
        exerciseNote: "Dies ist eine Übung. Es besteht keine Gefahr.",
        headline: Stages(
            watch: "Gefahr aus der Luft: auf Schutz vorbereiten – {area}",
            takeShelter: "Gefahr aus der Luft: sofort Schutz suchen – {area}",
            clearing: "Im Schutz bleiben – {area}",
            quiet: "Entwarnung – {area}",
            expired: "Warnung abgelaufen – {area}"),
        description: Stages(
            watch: "Eine Gefahr aus der Luft kann {area} erreichen.",
            takeShelter:
                "Eine Gefahr aus der Luft kann {area} in der Zeit erreichen, die Sie bis in den Schutzraum brauchen.",
            clearing: "Die Gefahr für {area} scheint vorüberzuziehen, ist aber nicht vorbei.",
            quiet: "Die Gefahr aus der Luft für {area} ist vorbei.",
            expired: "Die Warnung für {area} ist abgelaufen. Neues ist nicht bekannt."),
        instruction: Stages(
            watch: "Stellen Sie fest, wo der nächste Schutzraum ist. Halten Sie sich bereit. Achten Sie auf Meldungen.",
            takeShelter: "Gehen Sie sofort in einen Schutzraum oder einen inneren Raum ohne Fenster.",
            clearing: "Bleiben Sie bis zur Entwarnung im Schutzraum.",
            quiet: "Sie können den Schutzraum verlassen. Berühren Sie keine Trümmer. Melden Sie sie.",
            expired: "Sehen Sie sich um, bevor Sie den Schutzraum verlassen. Achten Sie weiter auf Meldungen."),
        passing: " Am ehesten zieht sie vorbei; falls sie kommt:",
        times: " Frühestens {earliest}, am ehesten {likely}, spätestens {latest} (Ortszeit, {zone}).",
        minutesLeft: " Es bleiben mindestens {minutes} min.")

    static let french = WarningPhrases(
        language: "fr",
        event: "Menace aérienne",
        exercise: "EXERCICE",
        exerciseNote: "Ceci est un exercice. Il n’y a aucun danger.",
        headline: Stages(
            watch: "Menace aérienne : préparez-vous à vous abriter – {area}",
            takeShelter: "Menace aérienne : abritez-vous immédiatement – {area}",
            clearing: "Restez à l’abri – {area}",
            quiet: "Fin d’alerte – {area}",
            expired: "Alerte arrivée à son terme – {area}"),
        description: Stages(
            watch: "Une menace aérienne peut atteindre {area}.",
            takeShelter: "Une menace aérienne peut atteindre {area} dans le temps qu’il vous faut pour vous abriter.",
            clearing: "La menace pour {area} semble s’éloigner, mais elle n’est pas terminée.",
            quiet: "La menace aérienne pour {area} est terminée.",
            expired: "L’alerte pour {area} est arrivée à son terme. On ne sait rien de nouveau."),
        instruction: Stages(
            watch: "Repérez l’abri le plus proche. Tenez-vous prêts. Suivez les messages.",
            takeShelter: "Allez tout de suite dans un abri ou une pièce intérieure sans fenêtre.",
            clearing: "Restez à l’abri jusqu’à la fin de l’alerte.",
            quiet: "Vous pouvez quitter l’abri. Ne touchez pas aux débris. Signalez-les.",
            expired: "Regardez autour de vous avant de quitter l’abri. Suivez les messages."),
        passing: " Le plus probable est qu’elle passe à côté ; si elle vient :",
        times: " Au plus tôt {earliest}, le plus probable {likely}, au plus tard {latest} (heure locale, {zone}).",
        minutesLeft: " Il reste au moins {minutes} min.")

    static let italian = WarningPhrases(
        language: "it",
        event: "Minaccia aerea",
        exercise: "ESERCITAZIONE",
        exerciseNote: "Questa è un’esercitazione. Non c’è alcun pericolo.",
        headline: Stages(
            watch: "Minaccia aerea: prepararsi a mettersi al riparo – {area}",
            takeShelter: "Minaccia aerea: mettersi subito al riparo – {area}",
            clearing: "Restare al riparo – {area}",
            quiet: "Cessato allarme – {area}",
            expired: "Allerta scaduta – {area}"),
        description: Stages(
            watch: "Una minaccia aerea può raggiungere {area}.",
            takeShelter: "Una minaccia aerea può raggiungere {area} nel tempo necessario per mettersi al riparo.",
            clearing: "La minaccia per {area} sembra allontanarsi, ma non è finita.",
            quiet: "La minaccia aerea per {area} è finita.",
            expired: "L’allerta per {area} è scaduta. Non si sa nulla di nuovo."),
        instruction: Stages(
            watch: "Individuate il rifugio più vicino. Tenetevi pronti. Seguite i messaggi.",
            takeShelter: "Andate subito in un rifugio o in una stanza interna senza finestre.",
            clearing: "Restate al riparo fino al cessato allarme.",
            quiet: "Potete lasciare il rifugio. Non toccate i detriti. Segnalateli.",
            expired: "Guardatevi intorno prima di lasciare il rifugio. Continuate a seguire i messaggi."),
        passing: " Molto probabilmente passerà oltre; se arriva:",
        times: " Al più presto {earliest}, più probabile {likely}, al più tardi {latest} (ora locale, {zone}).",
        minutesLeft: " Restano almeno {minutes} min.")
}

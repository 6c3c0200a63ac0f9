// Texts of why a reader has a case.

export const reasons = {
  "why.uncertainty": ["Model unsure", "Modell unsicher"],
  "why.quality": ["Probably not fine", "Wohl nicht in Ordnung"],
  "why.waiting": ["Has waited long", "Wartet lange"],
  "why.size": ["Small case", "Kleiner Fall"],
  "why.not-found": ["Segments not found", "Segmente fehlen"],
  "why.lot": ["By lot among equals", "Los unter Gleichen"],
  "why.diversity": ["Unlike what was read", "Anders als Gelesenes"],
  "why.disagreement": ["Disputed", "Umstritten"],
  "why.novelty": ["Little read of its kind", "Neuartig"],
  "why.route": ["Routing rule", "Zuweisungsregel"],
  "why.asked": ["Asked for", "Angefordert"],
  "why.drawn": ["Drawn at random", "Zufällig gezogen"],
  "why.drawn-title": [
    "A share of the cases is drawn from all that wait, so that what is learned holds for easy ones too. It says nothing of this case.",
    "Ein Teil der Fälle wird aus allen wartenden gezogen, damit das Gelernte auch für leichte gilt. Über diesen Fall sagt das nichts.",
  ],
  "why.clinical": ["Has priority", "Hat Vorrang"],
  "why.clinical-title": ["Due soon, or asked for first", "Bald fällig oder vorrangig angefordert"],
  "why.second": ["Second reading", "Zweitlesung"],
  "why.second-title": [
    "Somebody else has read this proposal as well. It begins as it was proposed, and nothing of the first reading is shown.",
    "Jemand anders hat diesen Vorschlag auch gelesen. Er beginnt, wie er vorgeschlagen war; von der ersten Lesung wird nichts gezeigt.",
  ],
} as const;

// Texts of the frame: login, answers of the server, notices.

export const common = {
  "api.no-answer": [
    "The server does not answer. Check that it is running and that you are on its network; then try again.",
    "Der Server antwortet nicht. Prüfen Sie, ob er läuft und ob Sie in seinem Netz sind; versuchen Sie es dann noch einmal.",
  ],
  "api.status": ["The server answered {status}.", "Der Server hat mit {status} geantwortet."],
  "api.wrong-size": [
    "{what}: {expected} bytes were expected, but {found} came. Nothing is shown rather than something wrong; reload the page.",
    "{what}: {expected} Bytes waren zu erwarten, aber {found} kamen an. Lieber wird nichts gezeigt als etwas Falsches; laden Sie die Seite neu.",
  ],
  "actions.choose": ["Choosing", "Auswählen"],
  "age.days": ["{days} d", "{days} T"],
  "notice.dismiss": ["Dismiss", "Ausblenden"],
  "language.choose": ["Language", "Sprache"],
  "login.again": ["Log in again", "Noch einmal anmelden"],
  "login.ended": ["Your session has ended. What you did is still here.", "Ihre Sitzung ist abgelaufen. Was Sie getan haben, ist noch da."],
  "login.failed": [
    "User or password is not right. After five failures you have to wait.",
    "Benutzer oder Kennwort stimmt nicht. Nach fünf Fehlversuchen müssen Sie warten.",
  ],
  "login.first": ["Log in first.", "Melden Sie sich zuerst an."],
  "login.lead": ["First-pass masks, for a second look.", "Masken im ersten Durchgang, für den zweiten Blick."],
  "login.log-in": ["Log in", "Anmelden"],
  "login.log-out": ["Log out", "Abmelden"],
  "login.password": ["Password", "Kennwort"],
  "login.too-many": ["Too many failures: {rest}, or ask an administrator.", "Zu viele Fehlversuche: {rest}; oder fragen Sie die Administration."],
  "login.user": ["User", "Benutzer"],
  "action.theme": ["Light or dark page", "Helle oder dunkle Seite"],
  "action.theme.hint": ["Makes the page light or dark; images stay on black.", "Macht die Seite hell oder dunkel; Bilder bleiben auf Schwarz."],
  "quality.title": ["Quality", "Qualität"],
  "theme.dark": ["Dark page", "Dunkle Seite"],
  "theme.light": ["Light page", "Helle Seite"],
  "title.reading": ["Reading · Firstpass", "Befunden · Firstpass"],
  "title.worklist": ["Worklist · Firstpass", "Arbeitsliste · Firstpass"],
} as const;

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
  "age.days": ["{days} d", "{days} T"],
  "notice.dismiss": ["Dismiss", "Ausblenden"],
  "login.first": ["Log in first.", "Melden Sie sich zuerst an."],
} as const;

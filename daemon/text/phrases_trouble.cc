#include "daemon/text/phrases_trouble.h"

#include <array>
#include <string_view>

namespace omamori {
namespace {

struct Sentences {
  std::string_view headline, why, action;
};

// "{}" stands for the name in the subject; a subject that ends in a blank or ":" takes one.
struct Trouble {
  std::string_view subject;
  Sentences ja, en;
};

constexpr std::array kTroubles{
    Trouble{"policy",
            {"方針ファイル（policy.toml）に誤りがあり、取り込んでいません",
             "直るまで、これまでの方針のとおりにお知らせします。",
             "下の箇所を直して保存し、サーバーで omamorictl reload を実行してください。"},
            {"policy.toml has errors and was not taken",
             "Until it is mended, the policy from before stays in force.",
             "Mend the places below, save the file and run omamorictl reload on the server."}},
    Trouble{
        "policy waits",
        {"方針ファイル（policy.toml）の変更は多くの利用者の計画を変えるため、確認を待っています",
         "確認があるまで、これまでの方針のとおりにお知らせします。",
         "サーバーで omamorictl diff policy.toml を実行し、だれの何が変わるかをご確認ください。"
         "問題がなければ omamorictl reload --yes "
         "を実行し、意図と違う場合はファイルを戻してください。"},
        {"policy.toml has changed and would alter the plans of many clients; it waits for a yes",
         "Until then, the policy from before stays in force.",
         "Run omamorictl diff policy.toml on the server to see whose plans change and how. If "
         "that is meant, run omamorictl reload --yes; if not, put the file back."}},
    Trouble{
        "peer smtp",
        {"メールを送れません",
         "メールサーバーにつながらないか、サーバーが受け付けません。受け付けるまで送り直しを"
         "続けます。",
         "下の理由を見て、メールサーバーが動いているか、omamori.toml の [smtp]（差出人、ログイン"
         "など）が正しいかをご確認ください。直ると、未送信のお知らせは自動で送られます。"},
        {"Mail cannot be sent",
         "The mail server cannot be reached, or does not take our mail. It is tried again until "
         "it does.",
         "Read the reason; look whether the mail server runs and whether [smtp] in "
         "omamori.toml (sender, login) is right. What has waited is then sent by itself."}},
    Trouble{"peer webhook:",
            {"Webhook の送り先 {} に送れません",
             "{} につながらないか、送り先が受け付けません。受け付けるまで送り直しを続けます。",
             "下の理由を見て、送り先が動いているか、omamori.toml の [webhook.endpoint.{}] が"
             "正しいかをご確認ください。直ると、未送信のお知らせは自動で送られます。"},
            {"The webhook endpoint {} does not take messages",
             "{} cannot be reached, or does not take our messages. They are tried again until it "
             "does.",
             "Read the reason; look whether the endpoint runs and whether "
             "[webhook.endpoint.{}] in omamori.toml is right. What has waited is then sent by "
             "itself."}},
    Trouble{
        "endpoint ",
        {"Webhook の送り先 {} への送信を停止しました",
         "送り先から「すでに存在しない」（410）という応答がありました。{} には送信していません。",
         "送り先の運営者に確認し、再び使えるようになったら omamorictl endpoint enable {} を"
         "実行してください。今後使わない場合は、職員の連絡方法から外してください。"},
        {"The webhook endpoint {} is not used any more",
         "It answered that it is gone (410). Nothing is sent to {}.",
         "Ask those who run it. Once it is back, run omamorictl endpoint enable {}; if it is "
         "gone for good, take it out of the channels of staff."}},
    Trouble{"client ",
            {"利用者 {} の予定を立てられません",
             "記録が壊れているおそれがあります。直るまで {} のお知らせは送られません。"
             "ほかの利用者のお知らせは送られています。",
             "{} の担当者に、お知らせが止まっていることをお伝えください。サーバーで omamorictl "
             "check を実行し、記録を直すか取り込み直してください。"},
            {"Client {} could not be planned",
             "A record may be damaged. Until it is mended nobody is told about {}; everybody else "
             "is told about.",
             "Tell the case manager of {} that reminders are missing. Run omamorictl check on the "
             "server and mend the record or import it again."}},
    Trouble{"row ",
            {"データベースに読めない行があります: {}",
             "その行に関わるお知らせが抜けているおそれがあります。",
             "サーバーで omamorictl check を実行し、その行を取り込み直すか、バックアップから"
             "戻してください。"},
            {"A row of the database cannot be read: {}", "Messages that need it may be missing.",
             "Run omamorictl check on the server; import the row again or restore a backup."}},
    Trouble{"person ",
            {"{} さんに届く連絡方法がありません", "{} さんあてのお知らせが届かないままです。",
             "{} さんに直接お伝えください。職員ファイルの email と channels を直して取り込み直すと"
             "届きます（理由は omamorictl check で分かります）。"},
            {"There is no way to reach {}", "What {} should be told is waiting.",
             "Tell {} yourself. Mend email and channels in the staff file and import it again "
             "(omamorictl check says what is wrong)."}},
    Trouble{"clock",
            {"サーバーの時計が正しくないおそれがあるため、お知らせを止めています",
             "時計が正しいと確認されるまで、このお知らせのほかは誰にも送りません。",
             "サーバーの日付と時刻をご確認ください。正しい場合は omamorictl clock accept を実行し、"
             "違っている場合は時計を直してください。"},
            {"The server's clock is suspicious; nothing is sent",
             "Until the clock is known to be right, nobody is told anything but this.",
             "Look at the server's date and time. If they are right, run omamorictl clock accept; "
             "if not, set the clock right."}},
    Trouble{"database",
            {"データベースのファイルが壊れています",
             "読めない記録があり、届かないお知らせがあるかもしれません。",
             "omamorictl backup list で最新のバックアップを確かめ、サービスを止めて omamorictl "
             "restore を"
             "実行してください。壊れたファイルは残ります。"},
            {"The database file is damaged",
             "Some records cannot be read, and messages may not be sent.",
             "Look for the newest backup with omamorictl backup list, stop the service and run "
             "omamorictl restore with it. The damaged file is kept."}},
    Trouble{"backup",
            {"データベースのバックアップを取れません",
             "お知らせは送られていますが、いまサーバーが壊れると、最後のバックアップより後の記録が"
             "失われます。",
             "下の理由を見て、omamori.toml の [backup] directory の場所、空き容量、権限をご確認"
             "ください。1時間ごとに自動で試みます。すぐに試すには omamorictl backup を実行して"
             "ください。"},
            {"The database cannot be backed up",
             "Messages go out; but if the server broke now, what was recorded since the last "
             "backup would be lost.",
             "Read the reason; look at the place, room and rights of [backup] directory in "
             "omamori.toml. It is tried again every hour; omamorictl backup tries at once."}},
    Trouble{"disk",
            {"サーバーのディスクに書き込めません",
             "書き込めるようになるまで、新しいお知らせを送れません。",
             "空き容量と、ディスクが書き込める状態かをご確認ください。直ると自動で再開します。"},
            {"The server's disk cannot be written", "Until it can be, no new messages are sent.",
             "Look at the free space and whether the disk is writable. It goes on by itself."}},
    Trouble{"config",
            {"設定ファイル（omamori.toml）に誤りがあり、取り込んでいません",
             "直るまで、これまでの設定のとおりに動きます。",
             "下の箇所を直して保存し、サーバーで omamorictl reload を実行してください。"},
            {"omamori.toml has errors and was not taken",
             "Until it is mended, the settings from before stay in force.",
             "Mend the places below, save the file and run omamorictl reload on the server."}},
    Trouble{"templates",
            {"置き換え用の文面（テンプレート）に誤りがあり、使っていません",
             "お知らせは、標準の文面で送られています。",
             "下の箇所を直して保存し、サーバーで omamorictl reload を実行してください。"},
            {"The office's templates have errors and are not used",
             "Messages go out with the built-in templates.",
             "Mend the places below, save the files and run omamorictl reload on the server."}},
};

constexpr Trouble kOther{
    "",
    {"正しく動いていない機能があります: {}", "その間、お知らせが届いていないおそれがあります。",
     "サーバーで omamorictl status を実行し、原因を直してください。"},
    {"Something does not work: {}", "Meanwhile messages may not have arrived.",
     "Run omamorictl status on the server and mend what it names."}};

bool takes_name(const Trouble& trouble) {
  return trouble.subject.empty() || trouble.subject.back() == ' ' || trouble.subject.back() == ':';
}

const Trouble& trouble_of(const std::string& subject) {
  for (const Trouble& trouble : kTroubles) {
    const bool fits = takes_name(trouble) ? subject.starts_with(trouble.subject) &&
                                                subject.size() > trouble.subject.size()
                                          : subject == trouble.subject;
    if (fits) return trouble;
  }
  return kOther;
}

std::string filled(std::string_view text, std::string_view name) {
  std::string out;
  for (auto hole = text.find("{}"); hole != std::string_view::npos; hole = text.find("{}")) {
    out += std::string(text.substr(0, hole)) + std::string(name);
    text.remove_prefix(hole + 2);
  }
  return out + std::string(text);
}

// For those who cannot mend it themselves.
std::string_view ask(const Trouble& trouble, Language language) {
  const bool ja = language == Language::ja;
  if (trouble.subject == "policy") {
    return ja ? "下の箇所を直してください。サーバーのファイルを編集できない場合は、直し方をシステム"
                "の"
                "運用担当者にお伝えください。"
              : "Mend the places below; if you cannot edit the file on the server, tell the "
                "operator of the system what it should say.";
  }
  if (trouble.subject == "policy waits") {
    return ja ? "下の変更でよいかを確認し、システムの運用担当者にお伝えください。"
              : "Look whether the changes below are meant, and tell the operator of the system.";
  }
  return ja ? "システムの運用担当者に、対応の状況をご確認ください。"
            : "Ask the operator of the system whether it is being mended.";
}

}  // namespace

TroubleWords trouble_words(const std::string& subject, Role reader, Language language) {
  const Trouble& trouble = trouble_of(subject);
  const Sentences& say = language == Language::ja ? trouble.ja : trouble.en;
  const std::string_view name = std::string_view(subject).substr(trouble.subject.size());
  const bool mends = reader == Role::operator_;
  return {filled(say.headline, name), filled(say.why, name),
          filled(mends ? say.action : ask(trouble, language), name)};
}

}  // namespace omamori

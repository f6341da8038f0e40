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
         "サーバーで omamorictl diff policy.toml を実行して、だれの何が変わるかを見てください。"
         "よければ omamorictl reload --yes を実行し、違っていればファイルを戻してください。"},
        {"policy.toml has changed and would alter the plans of many clients; it waits for a yes",
         "Until then, the policy from before stays in force.",
         "Run omamorictl diff policy.toml on the server to see whose plans change and how. If "
         "that is meant, run omamorictl reload --yes; if not, put the file back."}},
    Trouble{
        "peer smtp",
        {"メールを送れません",
         "メールサーバーにつながらないか、サーバーが受け付けません。受け付けるまで送り直しを"
         "続けます。",
         "理由を見て、メールサーバーが動いているか、omamori.toml の [smtp]（差出人、ログイン"
         "など）が正しいかを確かめてください。直れば、たまっている分は自動で送られます。"},
        {"Mail cannot be sent",
         "The mail server cannot be reached, or does not take our mail. It is tried again until "
         "it does.",
         "Read the reason; look whether the mail server runs and whether [smtp] in "
         "omamori.toml (sender, login) is right. What has waited is then sent by itself."}},
    Trouble{"peer webhook:",
            {"Webhook の送り先 {} に送れません",
             "{} につながらないか、送り先が受け付けません。受け付けるまで送り直しを続けます。",
             "理由を見て、送り先が動いているか、omamori.toml の [webhook.endpoint.{}] が"
             "正しいかを確かめてください。直れば、たまっている分は自動で送られます。"},
            {"The webhook endpoint {} does not take messages",
             "{} cannot be reached, or does not take our messages. They are tried again until it "
             "does.",
             "Read the reason; look whether the endpoint runs and whether "
             "[webhook.endpoint.{}] in omamori.toml is right. What has waited is then sent by "
             "itself."}},
    Trouble{"endpoint ",
            {"Webhook の送り先 {} を使うのをやめました",
             "送り先が「もうない」（410）と答えました。{} には何も送っていません。",
             "送り先の管理者に確かめ、また使えるようになったら omamorictl endpoint enable {} を"
             "実行してください。もう使わないのであれば、職員の連絡方法から外してください。"},
            {"The webhook endpoint {} is not used any more",
             "It answered that it is gone (410). Nothing is sent to {}.",
             "Ask those who run it. Once it is back, run omamorictl endpoint enable {}; if it is "
             "gone for good, take it out of the channels of staff."}},
    Trouble{"client ",
            {"利用者 {} の予定を立てられません",
             "記録が壊れているおそれがあります。直るまで {} のお知らせは出ません。"
             "ほかの利用者のお知らせは出ています。",
             "{} の担当者に、しばらくお知らせが出ないことを伝えてください。サーバーで omamorictl "
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
             "{} さんに直接伝えてください。職員ファイルの email と channels を直して取り込み直すと"
             "届きます（理由は omamorictl check で分かります）。"},
            {"There is no way to reach {}", "What {} should be told is waiting.",
             "Tell {} yourself. Mend email and channels in the staff file and import it again "
             "(omamorictl check says what is wrong)."}},
    Trouble{"clock",
            {"サーバーの時計が疑わしいため、お知らせを止めています",
             "時計が正しいと分かるまで、このお知らせのほかは誰にも送りません。",
             "サーバーの日付と時刻を確かめてください。正しければ omamorictl clock accept を実行し、"
             "違っていれば時計を直してください。"},
            {"The server's clock is suspicious; nothing is sent",
             "Until the clock is known to be right, nobody is told anything but this.",
             "Look at the server's date and time. If they are right, run omamorictl clock accept; "
             "if not, set the clock right."}},
    Trouble{"database",
            {"データベースのファイルが壊れています",
             "読めない記録があり、届かないお知らせがあるかもしれません。",
             "サービスを止め、壊れたファイルを残したまま、最新のバックアップから戻してください。"},
            {"The database file is damaged",
             "Some records cannot be read, and messages may not be sent.",
             "Stop the service, keep the damaged file aside, and restore the newest backup."}},
    Trouble{"disk",
            {"サーバーのディスクに書き込めません",
             "書き込めるようになるまで、新しいお知らせを送れません。",
             "空き容量と、ディスクが書き込める状態かを確かめてください。直れば自動で再開します。"},
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
             "お知らせは、もとからある文面で届いています。",
             "下の箇所を直して保存し、サーバーで omamorictl reload を実行してください。"},
            {"The office's templates have errors and are not used",
             "Messages go out with the built-in templates.",
             "Mend the places below, save the files and run omamorictl reload on the server."}},
};

constexpr Trouble kOther{
    "",
    {"働いていないものがあります: {}", "このあいだ、お知らせが届いていないおそれがあります。",
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
    return ja ? "下の箇所を直してください。サーバーのファイルに触れないときは、直し方をシステムの"
                "運用担当者に伝えてください。"
              : "Mend the places below; if you cannot edit the file on the server, tell the "
                "operator of the system what it should say.";
  }
  if (trouble.subject == "policy waits") {
    return ja ? "下の変更でよいかを確かめて、システムの運用担当者に伝えてください。"
              : "Look whether the changes below are meant, and tell the operator of the system.";
  }
  return ja ? "システムの運用担当者に、直しているかを確かめてください。"
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

#include "daemon/recording/act_meaning.h"

#include <string>

namespace omamori {
namespace {

Said of_visit(const std::string& months) {
  if (months.empty()) {
    return {"この訪問で完了した月はありません", "no month is closed by this visit"};
  }
  return {months + " 分のモニタリングが完了しました", "the monitoring of " + months + " is done"};
}

Said of_end(const DoorAct& act) {
  if (act.record_kind == kEndReport) {
    return {
        "利用終了の報告を受け付けました。管理者または市担当者が確認するまで、この方のお知らせは " +
            act.answer + " まで待ちます",
        "the end of service is reported; until it is confirmed your reminders about this client "
        "wait until " +
            act.answer};
  }
  return {"利用終了を記録しました。この方のお知らせは届かなくなります",
          "the end of service is recorded; no more reminders about this client are sent"};
}

}  // namespace

Said meaning_of(const DoorAct& act) {
  const auto kind = act_of_word(act.act);
  if (act.nonce_hash.empty() || !kind) {
    const std::string id = act.record_id == 0 ? "" : std::to_string(act.record_id);
    return {"すでに記録がありました" + (id.empty() ? "" : "（記録 " + id + "）"),
            "it was recorded already" + (id.empty() ? "" : ", as " + id)};
  }
  switch (*kind) {
    case DoorActKind::visited:
      return of_visit(act.answer);
    case DoorActKind::will_visit:
      return {act.answer + " まで、この件のお知らせを待ちます",
              "reminders of this wait until " + act.answer};
    case DoorActKind::contacted:
      return {"連絡がとれたことを記録しました。モニタリングは訪問で完了します",
              "that they were reached is recorded; a monitoring is done by a visit"};
    case DoorActKind::on_it:
      return {"対応の返事を記録しました。この件は、連絡か訪問が記録されるまで続きます",
              "your word is recorded; the matter goes on until a contact or a visit is recorded"};
    case DoorActKind::away:
      return {"その間、この方のお知らせは休みます。戻ったら、訪問をお願いすることがあります",
              "reminders about this client rest meanwhile; afterwards a visit may be asked for"};
    case DoorActKind::ended:
      return of_end(act);
    case DoorActKind::not_mine:
      return {
          "担当ではないことを管理者または市担当者に伝えます。担当が変わるまで、お知らせは続きます",
          "your supervisor will be told; reminders go on until somebody else has the client"};
  }
  return {""};
}

}  // namespace omamori

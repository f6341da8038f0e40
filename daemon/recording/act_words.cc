#include "daemon/recording/act_words.h"

#include "daemon/answer/labels.h"

namespace omamori {

ActWords act_words(DoorActKind act, ObligationKind about, bool supervises, Language language) {
  const Tongue say(language);
  const bool check = about == ObligationKind::lapse || about == ObligationKind::concern;
  switch (act) {
    case DoorActKind::visited:
      return {
          say("訪問した", "Visited"),
          check ? say("この件のお知らせが止まります", "Reminders of this stop")
                : say("その月が完了し、お知らせが止まります", "The month is done; reminders stop"),
          say("モニタリング実施日（訪問・面接）", "Day of the monitoring visit"),
          say("訪問を記録する", "Record the visit")};
    case DoorActKind::will_visit:
      return {say("訪問する予定", "Will visit"),
              say("その日まで、お知らせを待ちます", "Reminders wait until that day"),
              say("訪問する日", "Day of the visit"), say("予定を記録する", "Record the plan")};
    case DoorActKind::contacted:
      return {say("連絡がとれた", "Reached"),
              check ? say("電話など。この件のお知らせが止まります",
                          "By telephone or otherwise; reminders of this stop")
                    : say("電話など。モニタリングは訪問で完了します",
                          "By telephone or otherwise; a monitoring is done by a visit"),
              say("連絡がとれた日", "Day on which they were reached"),
              say("連絡を記録する", "Record the contact")};
    case DoorActKind::on_it:
      return {say("対応します", "I see to it"),
              say("読んだことを伝えます。件は終わりません",
                  "Says that you have read it; it is not over"),
              say("いつまでに対応しますか", "By which day"),
              say("返事を記録する", "Record your word")};
    case DoorActKind::away:
      return {say("入院・長期不在", "In hospital, or away for long"),
              say("その間、お知らせを休みます", "Reminders rest meanwhile"),
              say("いつから", "From"), say("不在を記録する", "Record the absence")};
    case DoorActKind::ended:
      return {say("利用終了・死亡・転出", "Service has ended, died, moved away"),
              supervises ? say("この方のお知らせがすべて止まります",
                               "All reminders about this client stop")
                         : say("管理者または市担当者が確認するまで、お知らせを14日待ちます",
                               "Reminders wait 14 days; a supervisor confirms it"),
              say("最後の日", "Last day"),
              supervises ? say("利用終了を記録する", "Record the end of service")
                         : say("利用終了を報告する", "Report the end of service")};
    case DoorActKind::not_mine:
      return {say("担当ではない", "Not my client"),
              say("管理者または市担当者に伝えます。お知らせは続きます",
                  "Your supervisor is told; reminders go on"),
              "", say("担当ではないと伝える", "Say that it is not yours")};
  }
  return {};
}

}  // namespace omamori

// Case managers, supervisors and others who open their messages and answer by the links there, as
// people do: mostly well, sometimes late, twice, by a list besides, with a day that cannot be, by a
// link that is over or is somebody else's; and some take it back.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/sim/doorway.h"
#include "tests/sim/mail_replies.h"

namespace omamori::sim {

class PeopleAnswer {
 public:
  // `passes`: lets so much time pass; `imported`: a list was read that is about this client.
  struct Around {
    std::function<void(std::chrono::minutes)> passes;
    std::function<void(const std::string& client)> imported;
  };
  PeopleAnswer(World& world, Doorway& doorway, std::uint32_t seed, Around around)
      : world_(world),
        doorway_(doorway),
        replies_(world, doorway),
        dice_(seed),
        around_(std::move(around)) {}

  // Some of them, some of what they were told.
  void answer();

 private:
  struct Filled {
    DoorActKind kind = DoorActKind::visited;
    PageForm form;
    FormFields fields;
    Day on{};
  };
  bool chance(double p) { return std::bernoulli_distribution(p)(dice_); }
  int between(int least, int most) { return std::uniform_int_distribution(least, most)(dice_); }
  void open(const LinkGot& link);
  void open_old(const LinkGot& link);
  void use_what_is_over(const LinkGot& link, const std::string& path);
  void forge(const LinkGot& link);
  void fill_in(const LinkGot& link, const Obligation& about, const std::vector<PageForm>& forms);
  std::optional<Filled> choose(const Obligation& about, const std::vector<PageForm>& forms);
  Filled filled(DoorActKind kind, const PageForm& form, const std::string& client);
  Day day_of(DoorActKind kind);
  std::string typed(Day day);
  void mistype(const LinkGot& link, Filled form);
  void send(const LinkGot& link, const Obligation& about, const Filled& form);
  void note_act(const LinkGot& link, const Obligation& about, const Filled& form,
                const std::vector<Obligation>& urgent_before, bool by_reply);
  void send_by_another_line(const LinkGot& link, const Obligation& about, const Filled& form);
  void send_again(const Filled& form, const HttpResponse& first);
  void by_list(const std::string& client, Day on);
  void take_back(const LinkGot& link, const Filled& form, const HttpResponse& done);
  void take_back_by_reply(const LinkGot& link, const Filled& form);
  void note_undone(const LinkGot& link, const Filled& form);
  std::vector<Obligation> urgent(const std::string& client);
  bool must_open(const LinkGot& link, const StoredObligation& about);
  const Staff* active(const std::string& staff);

  World& world_;
  Doorway& doorway_;
  MailReplies replies_;
  std::mt19937 dice_;
  Around around_;
  bool by_another_line_ = false;  // is what is being sent
};

}  // namespace omamori::sim

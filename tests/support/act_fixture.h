// What the people of a small office answer by the links in their messages.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/doors_fixture.h"

namespace omamori {

class ActTest : public DoorsTest {
 protected:
  // The path of the first link in the newest message to that address; "" = it has none.
  std::string link_to(const std::string& address) const {
    return link_in(newest_to(address), "/a/");
  }
  // A line for each record there is of C-1.
  std::vector<std::string> records() {
    std::vector<std::string> found;
    store->each_monitoring([&](const MonitoringRecord& r) {
      if (!r.voided) found.push_back("visit " + to_string(r.on) + " by " + r.by);
    });
    const auto facts = store->facts("C-1");
    for (const Contact& c : facts->contacts) found.push_back("contact " + to_string(c.on));
    for (const Acknowledgement& a : facts->acknowledgements) {
      found.push_back(a.visit_on ? "plan " + to_string(*a.visit_on) : "word of " + a.staff);
    }
    return found;
  }
  std::vector<std::string> live() {
    std::vector<std::string> keys;
    for (const Obligation& o : store->live_obligations("C-1")) keys.push_back(o.key);
    return keys;
  }
};

}  // namespace omamori

#pragma once
// The settings file of the program under test, written from what a world says of itself. Only keys
// a merchant's own file could have may stand in it.

#include <string>

#include "peers/demo_world.h"

namespace holdfast::apps {

struct SettingsWish {
  std::string data;    // the program's data folder
  std::string policy;  // folder of the policy
  std::string log;     // file of the program's log
  std::string seller;  // the supplier that offers everything the shop sells
  int port = 0;
};

/// holdfast.toml for a program that is to live in the world.
std::string settings_text(const peers::DemoSettings& world, const SettingsWish& wish);

}  // namespace holdfast::apps

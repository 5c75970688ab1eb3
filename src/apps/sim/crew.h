#pragma once
// Crew: processes that share the tasks of a long run, one a core. Each task begins from what this
// process knew before; only its text comes back. It must never share anything else.

#include <cstddef>
#include <functional>
#include <string>

#include "base/result.h"

namespace holdfast::sim {

/// Tasks by number, from 0.
using Task = std::function<std::string(std::size_t number)>;
using TakeText = std::function<void(std::size_t number, const std::string& text)>;

/// Does `count` tasks in `workers` processes, and gives each one's text as it ends. Internal,
/// naming the task, when a process ends before its task does.
Status share_out(std::size_t count, std::size_t workers, const Task& task, const TakeText& take);

}  // namespace holdfast::sim

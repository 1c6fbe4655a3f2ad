#pragma once

#include <rapidcheck.h>

namespace peercert::rules::test {

/// A number from `from` up to but not `until`, all equally likely (RapidCheck alone begins with small ones and most
/// runs stay there).
template <class T>
T pick(T from, T until) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(from, until));
}

inline bool maybe(int percent) { return pick<int>(0, 100) < percent; }

} // namespace peercert::rules::test

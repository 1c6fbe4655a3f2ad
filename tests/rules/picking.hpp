#pragma once

#ifdef PEERCERT_PICK_FROM_BYTES
#include "fuzz/bytes.hpp"
#else
#include <rapidcheck.h>
#endif

namespace peercert::rules::test {

#ifdef PEERCERT_PICK_FROM_BYTES
/// A number from `from` up to but not `until`, as the fuzzer's input says.
template <class T>
T pick(T from, T until) {
    return static_cast<T>(fuzz::bytes().number(static_cast<std::int64_t>(from), static_cast<std::int64_t>(until)));
}
#else
/// A number from `from` up to but not `until`, all equally likely (RapidCheck alone begins with small ones and most
/// runs stay there).
template <class T>
T pick(T from, T until) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(from, until));
}
#endif

inline bool maybe(int percent) { return pick<int>(0, 100) < percent; }

} // namespace peercert::rules::test

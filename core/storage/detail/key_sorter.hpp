#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace peercert::storage {

/// Orders keys by value (`key`), equal ones by `row`. The values are hashes, evenly spread, so their first bits sort
/// most of it.
template <class Key>
class KeySorter {
public:
    void sort(std::vector<Key>& keys) {
        ends_.fill(0);
        for (const Key& key : keys)
            ++ends_[bucket(key)];
        std::size_t sum = 0;
        for (std::size_t& end : ends_)
            end = std::exchange(sum, sum + end);
        sorted_.resize(keys.size());
        for (const Key& key : keys)
            sorted_[ends_[bucket(key)]++] = key;
        auto from = sorted_.begin();
        for (const std::size_t end : ends_) {
            const auto to = sorted_.begin() + static_cast<std::ptrdiff_t>(end);
            std::sort(from, to,
                      [](const Key& a, const Key& b) { return a.key != b.key ? a.key < b.key : a.row < b.row; });
            from = to;
        }
        keys.swap(sorted_);
    }

private:
    static std::size_t bucket(const Key& key) {
        return static_cast<std::size_t>((static_cast<std::uint64_t>(key.key) ^ (std::uint64_t{1} << 63U)) >> 52U);
    }
    std::array<std::size_t, 4096> ends_{};
    std::vector<Key> sorted_;
};

} // namespace peercert::storage

#pragma once

#include <cstddef>
#include <cstdint>

/// A fuzzer's input as choices, so that a small change of it is a small change of what is built from it.
namespace peercert::fuzz {

class Bytes {
public:
    void read(const std::uint8_t* data, std::size_t size) {
        data_ = data;
        left_ = size;
    }

    /// From `from` up to but not `until`; `from` when nothing is left.
    std::int64_t number(std::int64_t from, std::int64_t until) {
        const auto range = static_cast<std::uint64_t>(until - from);
        std::uint64_t value = 0;
        for (std::uint64_t reached = 1; reached < range && left_ > 0; reached *= 256, --left_)
            value = value * 256 + *data_++;
        return from + static_cast<std::int64_t>(value % range);
    }

private:
    const std::uint8_t* data_{nullptr};
    std::size_t left_{0};
};

/// The input that is being played; a fuzz target plays one at a time.
inline Bytes& bytes() {
    static Bytes played;
    return played;
}

} // namespace peercert::fuzz

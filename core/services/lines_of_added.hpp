#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include <peercert/id.hpp>

namespace peercert::services {

/// In which line of the file each person stands who was added: some bytes for each, since a file may add a million.
class LinesOfAdded {
public:
    /// People come in the order of their keys.
    void add(PersonId person, std::size_t line) {
        if (runs_.empty() ||
            runs_.back().first + static_cast<std::int64_t>(lines_.size() - runs_.back().at) != person.value())
            runs_.push_back({person.value(), lines_.size()});
        lines_.push_back(static_cast<std::uint32_t>(line));
    }
    std::optional<std::size_t> of(PersonId person) const {
        auto run = std::upper_bound(runs_.begin(), runs_.end(), person.value(),
                                    [](std::int64_t key, const Run& one) { return key < one.first; });
        if (run == runs_.begin())
            return std::nullopt;
        const std::size_t end = run == runs_.end() ? lines_.size() : run->at;
        --run;
        const std::size_t at = run->at + static_cast<std::size_t>(person.value() - run->first);
        return at < end ? std::optional<std::size_t>(lines_[at]) : std::nullopt;
    }

private:
    struct Run {
        std::int64_t first; ///< a person; those after it follow each other
        std::size_t at;     ///< where its line stands
    };
    std::vector<Run> runs_;
    std::vector<std::uint32_t> lines_;
};

} // namespace peercert::services

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace peercert::http {

/// A request target taken apart and percent-decoded. Views live in the target's own buffer, which is used again by the
/// next parse.
class Target {
public:
    static constexpr std::size_t max_segments = 12;
    static constexpr std::size_t max_parameters = 12;

    /// False for what no honest client sends: bad or missing percent digits, control bytes or text that is not UTF-8
    /// after decoding, an encoded slash, `.` or `..` segments, a fragment, too many parts, a parameter given twice or
    /// without a name. `//` and a final `/` make empty segments, which no route has.
    bool parse(std::string_view raw);

    std::size_t segment_count() const { return segment_count_; }
    std::string_view segment(std::size_t index) const { return segments_[index]; }
    std::size_t parameter_count() const { return parameter_count_; }
    std::string_view parameter_name(std::size_t index) const { return parameters_[index].first; }
    std::optional<std::string_view> parameter(std::string_view name) const;

private:
    bool add_segment(std::string_view raw);
    bool add_parameter(std::string_view raw);
    std::optional<std::string_view> decoded(std::string_view raw, bool plus_is_blank);

    std::string buffer_;
    std::array<std::string_view, max_segments> segments_;
    std::array<std::pair<std::string_view, std::string_view>, max_parameters> parameters_;
    std::size_t segment_count_{0};
    std::size_t parameter_count_{0};
};

/// For a text of ours in a link: everything but unreserved characters becomes %XX.
std::string percent_encoded(std::string_view text);
bool is_utf8(std::string_view text);

} // namespace peercert::http

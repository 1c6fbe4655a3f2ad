#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "curricula/problem.hpp"

/// What a YAML file says, before anyone asks what it means: text, lists and mappings with their places. Private to the
/// room.
namespace peercert::curricula {

struct Pair;

struct Node {
    enum class Shape { text, list, mapping } shape{Shape::text};
    std::string text;        ///< of a text, as written, never typed
    std::vector<Node> items; ///< of a list
    std::vector<Pair> pairs; ///< of a mapping, in file order, no key twice
    const std::string* file{nullptr};
    int line{0};
    int column{0};
    bool told{false}; ///< what is wrong here was said while it was read; nothing more is said of it

    bool is_text() const { return shape == Shape::text; }
    bool is_list() const { return shape == Shape::list; }
    bool is_mapping() const { return shape == Shape::mapping; }
    const Node* find(std::string_view key) const;
    Node* find(std::string_view key);
    const Pair* pair(std::string_view key) const;
    void set(const std::string& key, Node value); ///< adds or replaces
    std::string place() const;                    ///< file:line:column
};

struct Pair {
    std::string key;
    int line{0};
    int column{0};
    Node value;
};

inline constexpr std::size_t most_bytes = 1'048'576;
inline constexpr int most_levels = 32;
inline constexpr std::size_t most_words = 1'000;  ///< in one mapping
inline constexpr std::size_t most_items = 10'000; ///< in one list

/// Reads one YAML document as plain text. Refused, each with a Problem: bytes that are not UTF-8, control characters,
/// tabs, bidirectional overrides, nulls, doubled keys, anchors, aliases, merge keys, tags, keys that are no plain
/// words, more than one document, more levels, bytes, words or items than the limits above. The node is a mapping or
/// list only when the text could be read to its end; what is missing or doubled in it is marked as told. `file` must
/// outlive the node.
Node read_yaml(const std::string& file, std::string_view text, std::vector<Problem>& problems);

/// The node as YAML text in one fixed layout: reading it gives the same node (places apart).
std::string write_yaml(const Node& node);

} // namespace peercert::curricula

#include "curricula/node.hpp"

#include <algorithm>

namespace peercert::curricula {

const Pair* Node::pair(std::string_view key) const {
    const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const Pair& one) { return one.key == key; });
    return found == pairs.end() ? nullptr : &*found;
}

const Node* Node::find(std::string_view key) const {
    const Pair* found = pair(key);
    return found == nullptr ? nullptr : &found->value;
}

Node* Node::find(std::string_view key) { return const_cast<Node*>(std::as_const(*this).find(key)); }

void Node::set(const std::string& key, Node value) {
    if (Node* present = find(key)) {
        *present = std::move(value);
        return;
    }
    pairs.push_back({key, value.line, value.column, {}});
    pairs.back().value = std::move(value);
}

std::string Node::place() const {
    return (file == nullptr ? std::string() : *file) + ":" + std::to_string(line) + ":" + std::to_string(column);
}

namespace {

void write_text(const std::string& text, std::string& out) {
    out += '"';
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    out += '"';
}

void write(const Node& node, std::size_t indent, std::string& out) {
    const std::string margin(indent, ' ');
    switch (node.shape) {
    case Node::Shape::text:
        out += ' ';
        write_text(node.text, out);
        out += '\n';
        return;
    case Node::Shape::list:
        out += node.items.empty() ? " []\n" : "\n";
        for (const Node& item : node.items) {
            out += margin + "-";
            write(item, indent + 2, out);
        }
        return;
    case Node::Shape::mapping:
        out += node.pairs.empty() ? " {}\n" : "\n";
        for (const Pair& one : node.pairs) {
            out += margin;
            write_text(one.key, out);
            out += ":";
            write(one.value, indent + 2, out);
        }
        return;
    }
}

} // namespace

std::string write_yaml(const Node& node) {
    std::string out;
    write(node, 0, out);
    out.erase(0, 1); // the blank or line end that stands after a key
    return out;
}

} // namespace peercert::curricula

#pragma once

#include <vector>

#include "exchange/json.hpp"

namespace peercert::words {

template <class T, class Fn>
exchange::Json list(const std::vector<T>& items, Fn&& to_json) {
    exchange::Json all = exchange::Json::array();
    for (const T& item : items)
        all.push(to_json(item));
    return all;
}

} // namespace peercert::words

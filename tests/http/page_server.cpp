// Serves the invented record of the tests for the check in a real browser: prints its port, ends when its input does.
#include <cstdio>
#include <iostream>

#include "http/test_server.hpp"

int main() {
    using namespace peercert::http::testing_support;
    const TestServer server(loose(), {}, true);
    std::cout << server.port() << std::endl;
    while (std::getchar() != EOF) {
    }
}

// The one translation unit that holds Asio's and Beast's non-template code; every other file only
// declares it.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>

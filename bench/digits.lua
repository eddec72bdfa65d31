-- wrk's side of the bench: send the requests of a folder in turn, and say at the end what wrk counted, as JSON.
-- Arguments after `--`: the folder, and how many requests it holds (files 1, 2, ...: each a whole HTTP request).
local threads = 0

function setup(thread)
  thread:set("first", threads * 37) -- threads start at different pictures
  threads = threads + 1
end

function init(args)
  requests, turn = {}, first
  for number = 1, tonumber(args[2]) do
    local file = assert(io.open(args[1] .. "/" .. number, "rb"))
    requests[number] = file:read("*a")
    file:close()
  end
end

function request()
  turn = turn + 1
  return requests[turn % #requests + 1]
end

function done(summary, latency, rates)
  local errors = summary.errors
  io.write(string.format(
    'bench: {"requests": %d, "seconds": %.6f, "p50_us": %d, "p99_us": %d, ' ..
    '"status": %d, "connect": %d, "read": %d, "write": %d, "timeout": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect, errors.read, errors.write, errors.timeout))
end

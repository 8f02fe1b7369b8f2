-- What wrk sends, and the one line that it reports.
--
--   wrk … -s script/lib/load.lua URL -- COOKIE PATHS   asks for the paths in that file in turn
--   wrk … -s script/lib/load.lua URL -- COOKIE create TOKEN   enters new suppliers
--
-- The line: requests, seconds, p50 and p99 in milliseconds, answers that were not what they should
-- be, connections that failed.

local threads = {}

function setup(thread)
    thread:set("id", #threads + 1)
    table.insert(threads, thread)
end

function init(args)
    cookie, sent, wrong = args[1], 0, 0
    paths = {}
    if args[2] == "create" then
        token, expected = args[3], 303
        return
    end
    expected = 200
    for line in io.lines(args[2]) do
        table.insert(paths, wrk.format("GET", line, { Cookie = cookie }))
    end
end

function request()
    sent = sent + 1
    if token then
        return create()
    end
    -- Threads begin at different places.
    return paths[(sent + id * 37) % #paths + 1]
end

function create()
    local name = string.format("Load+%d+%d+%d+Co.", id, sent, os.time())
    local body = "_token=" .. token .. "&legal_name=" .. name
        .. "&stage=active&country=CN&address=" .. sent .. "+Renmin+Road%2C+Suzhou%2C+Jiangsu"
    return wrk.format("POST", "/suppliers", {
        Cookie = cookie,
        ["Content-Type"] = "application/x-www-form-urlencoded",
    }, body)
end

function response(status)
    if status ~= expected then
        wrong = wrong + 1
    end
end

function done(summary, latency)
    local unexpected = 0
    for _, thread in ipairs(threads) do
        unexpected = unexpected + thread:get("wrong")
    end
    local errors = summary.errors
    print(string.format("RESULT %d %.3f %.2f %.2f %d %d",
        summary.requests, summary.duration / 1e6,
        latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        unexpected, errors.connect + errors.read + errors.write + errors.timeout))
end

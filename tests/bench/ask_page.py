"""usage: ask_page.py URL: asks for it every five milliseconds until standard input ends. A line
each: when, and after how many seconds it was there."""
import http.client
import select
import sys
import time
import urllib.parse

url = urllib.parse.urlsplit(sys.argv[1])
connection = http.client.HTTPConnection(url.netloc)
rows = []
while not select.select([sys.stdin], [], [], 0.005)[0]:
    at, begin = time.time(), time.perf_counter()
    connection.request("GET", url.path)
    answer = connection.getresponse()
    answer.read()
    rows.append(f"{at} {time.perf_counter() - begin}")
    if answer.status != 200:
        sys.exit(f"{answer.status}")
print("\n".join(rows))

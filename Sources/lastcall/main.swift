print("lastcall")

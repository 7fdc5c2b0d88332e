"""What looks like personal data and is none: an agent that masks these loses what the customer asks for."""

from __future__ import annotations

TEXTS = """
How much is the oak table, 120 x 80 x 75 cm?
Is it 120x80x75?
the desk is 160 by 80 cm and 72 high
does the lamp fit a ceiling of 2.40 m
the shelf holds 25 kg per board, 5 boards
my sofa is 2,100 mm wide
it weighs 1200 g with box
the rug measures 200 x 300
does the 60 W bulb work at 230 V, 50 Hz
3000 K or 4000 K, which is warmer
the cable is 1.5 m, I need 3 m
I paid 129.99 EUR
it says 1,299.00 euros now, it was 1,499.00
$49.99 plus $5 shipping
the refund was £12.50 instead of £25.00
total 1.249,90 €
129 99 is what I read on the label
20% off with 3 or more, 10% with 2
is the 15 % discount still on
a 5 star rating, 4.7 of 5 from 1,204 reviews
order 10482
where is 10482?
Order #10482 and order #10483
cancel 10482, 10483 and 10484
orders 10482 10483 10484 please
10482
10482?
my order is 10482, I need 2 more of the lamps
order 10482: 2 x lamp, 1 x table
in order 10482 one of the 4 chairs is broken
10482 arrived, 10483 did not
return item 3 of order 10482
order no. 10482 from 12 May
since 12.05.2024 I wait
it came on 2024-05-12
delivered 05/12/2024?
on 3 May 2024 at 10:30
between 9 and 17
open 9-5?
are you open 10:00-18:00 on Sunday
Mon-Fri 9:00-18:30, Sat 10:00-16:00
I called at 14:05 and again at 15:20
at 10.30 tomorrow
half past four
the meeting is at quarter to nine
in 2023 and 2024
from 2019 to 2024
since 1999
the 1970s look
by the end of 2025
within 14 days
30 day return, 2 year warranty
24/7 support
it takes 3-5 working days
2-3 weeks late
48 hours
90 minutes
100 pieces
a box of 250 screws
a pack of 12
two or three
one or two of them
seven chairs
four chairs and one table
twenty-five plates
one hundred and twenty
the three of us need six chairs, two tables and one lamp
three, four or five
ten out of ten
one two three testing
first, second and third
number one in town
my top three
zwei oder drei Stühle
drei Stühle, ein Tisch, zwei Lampen
un ou deux
deux chaises et une table
una o dos lámparas
uno de los tres
due sedie e un tavolo
twee of drie stoelen
um ou dois
page 12
pages 12 to 15
chapter 3, section 2.1
see step 4 on page 17
figure 3.2
table 4
part 2 of 3
level 42
floor 3
room 204
gate B12
line 7
zone 3
version 10.4.2
iOS 17.4.1
firmware 2.0.13
Windows 11
Android 14
Chrome 124.0.6367
python 3.11
release 2024.05
build 4521
USB 3.0
HDMI 2.1
IP67 or IP44?
WiFi 6E
5G
4K at 60 Hz
1080p
1920x1080
2560 x 1440 pixels
16:9
A4
A4 or A3 paper
size 42
size 42 or 43
EU 42, UK 8, US 9
W32 L34
90x200 mattress
140 x 200 cm duvet
XL
M8 x 40 screws
6 mm hex key
FH-1301
FH-1301 or FH-1302?
SKU FH-1301
model KX-200
the T-1000
Galaxy S24
iPhone 15 Pro
PS5
RTX 4070
E27 bulb
GU10 spots
LED 9W 806 lm
AA or AAA batteries
CR2032
B2B
H2O
3D printed
2-in-1
9 to 5 job
50/50
1/2 inch
3/4 cup
2 for 1
1st floor
the 2nd one
21st
10th anniversary
10k
1.5k
3 million
1,000 items
10 000 km
5,000 km range
about 500 m from the station
12 km away
at 180 degrees for 20 minutes
-5 degrees
37.5 C
100 mph
70 dB
500 GB
16 GB RAM
2 TB
300 Mbit
20,000 mAh
2.4 GHz
12V
the lamp is 5 W
voucher of 10 euros
I have 250 points
200 loyalty points
tier 2
rated 3.5
score 4:2
won 3-1
Formula 1
Route 66
Boeing 747
Studio 54
Agent 007
Area 51
Catch-22
1984 is a book
Fahrenheit 451
the class of 2010
I see it at the shop
I am at work, at my desk
look at it
meet me at the store
at point of sale
dot your i
shop at shop.example
see www.shop.example/lamps
https://shop.example/lamps/42
https://shop.example/p/10482?x=1
is https://shop.example/sale down?
README.md
file.pdf
node.js
e.g. a lamp
i.e. the table
etc. etc.
5 * 3 = 15
2 + 2 = 4
10 - 4
x = 12, y = 7
a:b:c
1, 2, 3
1. lamp 2. table 3. chair
a) lamp b) table
- 2 lamps
* 3 chairs
| item | qty |
| lamp | 2 |
lamp,2,19.99
qty=2&size=42
{"qty": 2, "size": 42}
[1, 2, 3]
(2) or (3)
**2** lamps
~2 weeks
#1
#42
No. 5
Nr. 7
n° 3
my pin broke off the clock
the code on the box says LAMP
is there a discount code?
which card can I use?
do you take Visa and Mastercard?
I lost my card
how do I change my password
my password does not work
I forgot my pin
the phone is broken
my phone has 128 GB
call me maybe
the passport holder in brown
a driving licence case
do I need a passport
born to shop
birthday card for a child of 5
a birthday gift under 30 euros
the bank is closed
my card is from 2020
my card is 2 years old
the phone is 120 euros
my visa is valid until 2027
what is an IBAN
what is a CVV
send me an e-mail
which e-mail address do you use
""".strip().splitlines()
TURNS = [
    ("order 10482", "and 10483"), ("10482", "10483", "10484"), ("10482", "3", "120"), ("2", "42", "120"),
    ("180", "75", "34"), ("I ordered the lamp", "at ikea dot com"), ("where is order 10482", "12 May"),
    ("size 42", "2 pairs"), ("call me about order 10482", "3 days ago"), ("I waited 3 weeks", "10482"),
    ("2024", "10482 5"), ("four chairs", "two tables and one lamp", "3"), ("three hundred", "and 25 euros"),
    ("yes", "no", "10482"), ("the total was 129", "99 euros"), ("the first of 3", "10482", "2 of them"),
    ("how many? 12", "then 120 more"), ("is it 120 cm", "80 cm", "75 cm"), ("I paid 129.99", "and 49.99"),
    ("it came at 10:30", "14:05"), ("in 2023", "2024"), ("10482 was late", "3 times"), ("one or two", "three then"),
    ("I am at work", "at my desk."), ("FH-1301", "FH-1302"), ("page 12", "15"), ("I changed my pin", "order 10482"),
    ("look at this", "shop.example"), ("order 10482 please", "10115"), ("model KX-200", "300"),
]  # fmt: skip
"""Conversations of which nothing may be altered."""
